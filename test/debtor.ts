import { approve, confirm, transfer } from '@aitoken/core'
import { getChannel, requestClose, topUpChannel, withdrawFromChannel } from '@aitoken/inference'
import { createMemoryStore } from '@aitoken/inference/provider'
import { expect } from 'vitest'

import { bob, client, clientOf, deployment } from './anvil.js'
import { ask, openShop } from './market.js'
import { openPayer } from './payer.js'

const { aiToken: token, paymentChannels: channels } = deployment

/** A shop, and Bob, who owes it what he bought. */
export async function openDebt(parameters: NonNullable<Parameters<typeof openShop>[0]> = {}) {
  const wallet = clientOf(bob)
  const store = parameters.store ?? createMemoryStore()
  const shop = await openShop({ ...parameters, store })
  const payer = await openPayer(shop.provider)
  const { channel, channelId } = payer
  let signed = 0n

  /** Bob buys, by default what takes one request. */
  const buy = async (options: Record<string, unknown> = {}, url = shop.url) => {
    signed += 10n ** 12n
    const headers = { 'ai-payment': await payer.pay(signed) }
    return fetch(`${url}/v1/completions`, { ...ask(options), headers })
  }
  const book = () => store.transact(channelId, (ledger) => ({ ledger, result: ledger }))
  expect((await buy()).status).toBe(200)
  const spent = (await book())?.spent ?? 0n
  expect(spent).toBeGreaterThan(0n)
  return {
    ...payer,
    book,
    buy,
    /** The chain's time in milliseconds: other tests may have moved it away from the clock. */
    chainNow: async () => Number((await wallet.getBlock()).timestamp) * 1000,
    close: () => shop.close(),
    /** Alice gives Bob tokens, which the channels contract may take. */
    async fund(amount: bigint) {
      await confirm(client, { hash: await transfer(client, { amount, to: bob.address, token }) })
      await confirm(wallet, { hash: await approve(wallet, { amount, spender: channels, token }) })
    },
    /** Bob announces his exit. */
    leave: async () => confirm(wallet, { hash: await requestClose(wallet, { channel, channels }) }),
    provider: shop.provider,
    spent,
    state: () => getChannel(wallet, { channelId, channels }),
    store,
    topUp: async (amount: bigint) =>
      confirm(wallet, { hash: await topUpChannel(wallet, { amount, channel, channels }) }),
    url: shop.url,
    wallet,
    withdraw: async () => confirm(wallet, { hash: await withdrawFromChannel(wallet, { channel, channels }) }),
  }
}
