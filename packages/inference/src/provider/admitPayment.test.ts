import { confirm } from '@aitoken/core'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { bob, client, clientOf, deployment, isolate } from '~test/anvil.js'
import { nthCharge } from '~test/charges.js'
import { createGrantee } from '~test/grantee.js'
import { ask, openShop } from '~test/market.js'
import { openPayer } from '~test/payer.js'
import { createRevealer } from '~test/revealer.js'

import { closeChannelWithStatement } from '../channel/closeChannelWithStatement.js'
import { getChannel } from '../channel/getChannel.js'
import { larger } from '../internal/compare.js'
import type { Ledger } from '../ledger/ledger.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import { decodeCloseAnswer } from '../wire/channelState.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const { paymentChannels: channels } = deployment
const creditWindow = 40_000_000n

type Action = 'chain' | 'link' | 'session' | 'settle' | 'voucher'

/** Bob pays by one lane after the other, as he is told, and then vanishes or says goodbye. */
async function play(actions: readonly Action[], goodbye: boolean) {
  const store = createMemoryStore()
  const shop = await openShop({ creditWindow, store })
  closing.push(() => shop.close())
  const payer = await openPayer(shop.provider)
  const grantee = createGrantee(payer)
  const { channelId } = payer
  const url = `${shop.url}/v1/channels/${channelId}`
  const post = (path: string, header: string, content?: string) =>
    fetch(`${url}/${path}`, {
      headers: { 'ai-payment': header },
      method: 'POST',
      ...(content && { body: content }),
    })
  const book = async (): Promise<Ledger> => {
    const held = await store.transact(channelId, (ledger) => ({ ledger, result: ledger }))
    if (!held) throw new RangeError('There is no book')
    return held
  }
  let served = 0
  const buy = async (header: string) => {
    const init = ask({ seed: served })
    const headers = { ...init.headers, 'ai-payment': header }
    if ((await fetch(`${shop.url}/v1/completions`, { ...init, headers })).ok) served++
  }

  let counter = 0n
  await post('sessions', await payer.pay(1n), await grantee.grant({ limit: 10n ** 12n }))
  let chain = await createRevealer(payer, { base: 1n, unit: 7_000_000n })
  let [base, steps] = [1n, 0]
  const enough = 50_000_000n
  for (const action of actions) {
    const { authorized, spent, vouched } = await book()
    if (action === 'voucher') await buy(await payer.pay(larger(authorized, spent) + enough))
    if (action === 'settle') await shop.provider.settle([channelId])
    if (action === 'session') await buy(grantee.pay(++counter, String(ask({ seed: served }).body)))
    if (action === 'chain') {
      base = vouched
      chain = await createRevealer(payer, { base, unit: 3_000_000n })
      steps = 0
    }
    if (action === 'link' || action === 'chain') {
      const unit = chain.unit
      const next = Number((authorized + enough - base) / unit) + 1
      await buy(chain.pay(next, { committed: steps === 0 }))
      if ((await book()).stream?.steps === next) steps = next
    }
  }
  const last = await book()
  if (goodbye) {
    const response = await post('close', await payer.pay(last.spent))
    expect(response.status).toBe(200)
    const answer = decodeCloseAnswer(await response.text(), shop.url)
    // A provider that is owed nothing leaves the transaction to the payer.
    if (!('hash' in answer)) {
      const { deadline, payeeSignature, spent } = answer
      const ending = { channel: payer.channel, channels, deadline, payeeSignature, spent }
      await confirm(clientOf(bob), { hash: await closeChannelWithStatement(clientOf(bob), ending) })
    }
  }
  const closed = goodbye ? undefined : await shop.provider.close(channelId)
  const state = await getChannel(client, { channelId, channels })
  expect(state.closed).toBe(true)
  expect((await book()).settled).toBe(state.settled)
  const uncovered = last.spent - state.settled
  if (goodbye) expect(uncovered).toBe(0n)
  else {
    expect(closed?.uncovered).toBe(uncovered)
    const unit = last.stream?.unit ?? 1n
    expect(uncovered).toBeLessThan(unit + creditWindow)
  }
  expect(uncovered).toBeGreaterThanOrEqual(0n)
  expect(last.sequence).toEqual(nthCharge(served))
  expect(shop.failures).toEqual([])
  return served
}

test('property: by whatever lanes it was paid, the chain pays what the book says', async () => {
  const action = fc.constantFrom<Action>('chain', 'link', 'session', 'settle', 'voucher')
  let served = 0
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 10, minLength: 4 }), fc.boolean(), async (...run) => {
      served += await play(...run)
    }),
    { endOnFailure: true, numRuns: 12 },
  )
  expect(served).toBeGreaterThan(20)
})

test('behavior: a session, a chain and a voucher one after the other, and nobody at the end', async () => {
  expect(
    await play(['voucher', 'chain', 'link', 'session', 'settle', 'link', 'session'], false),
  ).toBeGreaterThan(4)
})

test('behavior: a payer that leaves when nothing is owed closes with the final statement', async () => {
  const settledLast = ['settle', 'link', 'session', 'voucher', 'chain', 'chain', 'settle'] as const
  expect(await play(settledLast, true)).toBeGreaterThan(3)
})
