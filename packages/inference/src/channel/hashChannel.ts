import { InvalidAddressError, InvalidArgumentError } from '@aitoken/core/errors'
import type { Hash } from 'viem'

import { toHex, writeHex, writeWord } from '../internal/hex.js'
import { createNobleEngine } from '../signature/createNobleEngine.js'
import type { SignatureEngine } from '../signature/engine.js'
import type { VoucherDomain } from '../voucher/voucher.js'
import type { Channel } from './channel.js'

/**
 * Computes a channel's id, as the contract and the MPP draft `evm/session` do: the hash of its descriptor, the
 * contract and the chain.
 *
 * @param parameters - {@link hashChannel.Parameters}
 * @returns The id, 32 bytes.
 * @throws `InvalidAddressError` when one of the addresses is none.
 * @throws `InvalidArgumentError` when the salt is not 32 bytes.
 *
 * @example
 * ```ts
 * import { type Channel, hashChannel } from '@aitoken/inference'
 *
 * export const idOf = (channel: Channel, channels: `0x${string}`) =>
 *   hashChannel({ chainId: 8453, channel, channels })
 * ```
 */
export function hashChannel(parameters: hashChannel.Parameters): Hash {
  const { chainId, channel, channels, engine = createNobleEngine({ tables: 0 }) } = parameters
  const words = new Uint8Array(224)
  const addresses = [
    ['payer', channel.payer, 0],
    ['payee', channel.payee, 1],
    ['token', channel.token, 2],
    ['authorizedSigner', channel.authorizedSigner, 4],
    ['channels', channels, 5],
  ] as const
  for (const [field, value, word] of addresses)
    if (!writeHex(words, 32 * word + 12, String(value), 20)) throw new InvalidAddressError({ field, value })
  if (!writeHex(words, 96, String(channel.salt), 32))
    throw new InvalidArgumentError({
      expected: '32 bytes of hexadecimal',
      field: 'salt',
      value: channel.salt,
    })
  writeWord(new DataView(words.buffer), 192, BigInt(chainId))
  return toHex(engine.keccak256(words))
}

export declare namespace hashChannel {
  type Parameters = VoucherDomain & {
    /** The channel. */
    channel: Channel
    /** What hashes. @default the pure JavaScript engine */
    engine?: SignatureEngine | undefined
  }
  type ErrorType = InvalidAddressError | InvalidArgumentError
}
