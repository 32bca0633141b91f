import { encodePayment } from '@aitoken/inference'
import type { Hex } from 'viem'

import type { Wallet } from './openChannels.ts'

/** Base units that every voucher adds: more than any request of the benchmarks may cost. */
const step = 5_000n

/** Pays each request with a voucher of its own, from one channel for each connection. */
export function createVoucherPayer(
  wallets: readonly Wallet[],
  { priceTag, unreceipted = false }: { priceTag: Hex; unreceipted?: boolean },
): (connection: number) => Promise<{ 'ai-payment': string }> {
  return async (connection) => {
    const wallet = wallets[connection]
    if (!wallet) throw new Error(`There is no channel for connection ${connection}.`)
    wallet.signed += step
    const { channelId, descriptor, signed: cumulativeAmount } = wallet
    const signature = wallet.sign({ channelId, cumulativeAmount })
    wallet.descriptor = undefined
    const payment = { channelId, cumulativeAmount, descriptor, priceTag, signature, unreceipted }
    return { 'ai-payment': encodePayment(payment) }
  }
}
