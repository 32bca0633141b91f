import { encodePayment } from '@aitoken/inference'
import type { Hex } from 'viem'

import type { Pay } from '../load/runLoad.ts'
import type { Wallet } from './openChannels.ts'

/** Base units that every payment adds: more than any request of the benchmarks may cost. */
export const step = 5_000n

/** Signs the next voucher of a channel, of so many base units more. */
export function signNext(wallet: Wallet, amount: bigint) {
  wallet.signed += amount
  const { channelId, descriptor, signed: cumulativeAmount } = wallet
  const signature = wallet.sign({ channelId, cumulativeAmount })
  wallet.descriptor = undefined
  return { channelId, cumulativeAmount, descriptor, signature }
}

/** Pays each request with a voucher of its own, from one channel for each connection. */
export function createVoucherPayer(
  wallets: readonly Wallet[],
  terms: { priceTag: Hex; unreceipted: boolean },
): Pay {
  return async (connection) => {
    const wallet = wallets[connection]
    if (!wallet) throw new Error(`There is no channel for connection ${connection}.`)
    return { 'ai-payment': encodePayment({ ...signNext(wallet, step), ...terms }) }
  }
}
