import type { Hex } from 'viem'

import { createNobleEngine } from '../signature/createNobleEngine.js'
import { createStructHasher } from '../signature/createStructHasher.js'
import type { SignatureEngine } from '../signature/engine.js'
import { VoucherAmountError, VoucherMalformedError } from './errors.js'
import { toVoucherTypedData, type VoucherDomain } from './voucher.js'

/** Channels hold at most this much, in base units. */
const maximum = (1n << 96n) - 1n

/**
 * Prepares the hashing of one contract's vouchers: a digest then costs two Keccak calls, about a hundredth of
 * what hashing the typed data from scratch does.
 *
 * @param parameters - {@link createVoucherHasher.Parameters}
 * @returns Hashes a voucher (EIP-712) to 32 bytes; throws {@link VoucherAmountError} and
 * {@link VoucherMalformedError}.
 * @throws {@link VoucherMalformedError} when `channels` is not an address.
 *
 * @example
 * ```ts
 * import { createVoucherHasher } from '@aitoken/inference'
 *
 * const hash = createVoucherHasher({
 *   chainId: 8453,
 *   channels: '0x0000000000000000000000000000000000000001',
 * })
 * export const digest = hash({ channelId: `0x${'00'.repeat(32)}`, cumulativeAmount: 1_000_000n })
 * ```
 */
export function createVoucherHasher(
  parameters: createVoucherHasher.Parameters,
): createVoucherHasher.ReturnType {
  const { chainId, channels, engine = createNobleEngine({ tables: 0 }) } = parameters
  if (!/^0x[0-9a-f]{40}$/i.test(channels))
    throw new VoucherMalformedError({ reason: `its contract ${channels} is not an address` })
  const hash = createStructHasher(
    engine,
    toVoucherTypedData({ chainId, channelId: '0x', channels, cumulativeAmount: 0n }),
  )
  return (voucher) => {
    const { cumulativeAmount } = voucher
    if (typeof cumulativeAmount !== 'bigint')
      throw new VoucherMalformedError({ reason: 'its amount is no bigint' })
    if (cumulativeAmount < 0n || cumulativeAmount > maximum)
      throw new VoucherAmountError({ amount: cumulativeAmount })
    const digest = hash(voucher)
    if (!digest)
      throw new VoucherMalformedError({
        reason: 'its channel id is not 32 bytes',
      })
    return digest
  }
}

export declare namespace createVoucherHasher {
  type Parameters = VoucherDomain & {
    /** What hashes. @default the pure JavaScript engine */
    engine?: SignatureEngine | undefined
  }
  /** Hashes a voucher; the channel id may be bytes or hexadecimal, the amount is in base units. */
  type ReturnType = (voucher: { channelId: Hex | Uint8Array; cumulativeAmount: bigint }) => Uint8Array
  type ErrorType = VoucherAmountError | VoucherMalformedError
}
