import {
  createStream,
  encodePayment,
  maxStreamSteps,
  type Stream,
  signStreamCommit,
} from '@aitoken/inference'
import type { Hex } from 'viem'
import { anvil } from 'viem/chains'

import type { Lane } from '../load/runLoad.ts'
import type { Wallet } from './openChannels.ts'
import { signNext, step } from './payVouchers.ts'

type Chain = {
  commit: { base: bigint; maxSteps: number; signature: Hex; unit: bigint }
  steps: number
  stream: Stream
}

/**
 * Pays each request with a link of a hash chain, from one channel for each connection. A chain that is used up is
 * covered by a voucher, and the next one is committed to, before what is timed.
 */
export function createLinkPayer(
  url: string,
  wallets: readonly Wallet[],
  terms: { priceTag: Hex; unreceipted: boolean },
): Required<Pick<Lane, 'pay' | 'ready'>> {
  const held = new Map<number, Chain>()

  const begin = async (wallet: Wallet): Promise<Chain> => {
    const { channelId, channels, signer } = wallet
    const { engine } = signer
    const stream = createStream({ engine, maxSteps: maxStreamSteps })
    // The first chain of a channel brings the descriptor with it; later ones build on a voucher.
    if (!wallet.descriptor) await postPayment(url, channelId, encodePayment(signNext(wallet, 1n)))
    const commit = { base: wallet.signed, maxSteps: maxStreamSteps, unit: step }
    const { root } = stream
    const signature = await signStreamCommit(signer, {
      ...commit,
      chainId: anvil.id,
      channelId,
      channels,
      root,
    })
    return { commit: { ...commit, signature }, steps: 0, stream }
  }

  const find = (connection: number) => {
    const wallet = wallets[connection]
    if (!wallet) throw new Error(`There is no channel for connection ${connection}.`)
    return wallet
  }

  return {
    async pay(connection) {
      const wallet = find(connection)
      const chain = held.get(connection)
      if (!chain) throw new Error(`There is no chain for connection ${connection}.`)
      chain.steps++
      wallet.signed += step
      const { channelId, descriptor } = wallet
      wallet.descriptor = undefined
      const { steps, stream } = chain
      const commit = steps === 1 ? chain.commit : undefined
      const link = stream.reveal(steps)
      return { 'ai-payment': encodePayment({ channelId, commit, descriptor, link, steps, ...terms }) }
    },
    async ready(connection, count) {
      const steps = held.get(connection)?.steps ?? maxStreamSteps
      if (steps + count > maxStreamSteps) held.set(connection, await begin(find(connection)))
    },
  }
}

/** Sends a payment without a request. */
export async function postPayment(url: string, channelId: Hex, payment: string): Promise<void> {
  const headers = { 'ai-payment': payment }
  const response = await fetch(`${url}/v1/channels/${channelId}/vouchers`, { headers, method: 'POST' })
  const text = await response.text()
  if (!response.ok) throw new Error(`The payment was refused with ${response.status}: ${text}`)
}
