import { InvalidAddressError, InvalidAmountError, InvalidArgumentError } from '@aitoken/core/errors'
import type { Address, Hex } from 'viem'

import { readHex, toHex } from '../internal/hex.js'
import type { SignatureMalformedError } from '../signature/errors.js'
import { parseSignature } from '../signature/parseSignature.js'
import type { Settlement } from './settlement.js'

/** Channels of one payee and token that are settled together, as the contract takes them. */
export type Batch = {
  /** Who is paid. */
  payee: Address
  /** Packed rows, one for each channel. */
  rows: Hex
  /** The token of all channels in the batch. */
  token: Address
}

const maximum = 2n ** 96n - 1n

/**
 * Packs settlements into batches of one payee and token, in the order given. A channel with a short salt takes
 * 117 bytes, see {@link createSalt}.
 *
 * @param settlements - What to settle, amounts in base units. Vouchers of contract wallets cannot be packed.
 * @returns The batches, for `settleMany`.
 * @throws {@link SignatureMalformedError} when a signature is not 65 bytes of ECDSA.
 * @throws `InvalidAmountError` when an amount does not fit into 96 bits.
 * @throws `InvalidAddressError` when a payer or signer is not an address.
 * @throws `InvalidArgumentError` when a salt is not 32 bytes.
 *
 * @example
 * ```ts
 * import { packSettlements, type Settlement } from '@aitoken/inference'
 *
 * export const batches = (settlements: readonly Settlement[]) => packSettlements(settlements)
 * ```
 */
export function packSettlements(settlements: readonly Settlement[]): packSettlements.ReturnType {
  const batches = new Map<string, Batch>()
  for (const settlement of settlements) {
    const { payee, token } = settlement.channel
    const name = `${payee}${token}`.toLowerCase()
    const batch = batches.get(name) ?? { payee, rows: '0x' as Hex, token }
    batches.set(name, { ...batch, rows: `${batch.rows}${packRow(settlement).slice(2)}` as Hex })
  }
  return [...batches.values()]
}

export declare namespace packSettlements {
  type ReturnType = Batch[]
  type ErrorType = InvalidAddressError | InvalidAmountError | InvalidArgumentError | SignatureMalformedError
}

/** Packs one row: flags, payer, maybe a signer, salt, capture, authorized amount, compact signature (ERC-2098). */
function packRow({ capture, channel, cumulativeAmount, signature }: Settlement): Hex {
  const { authorizedSigner, payer, salt } = channel
  const signer = addressBytes('authorizedSigner', authorizedSigner)
  const saltBytes = readHex(salt, 32)
  if (!saltBytes)
    throw new InvalidArgumentError({ expected: '32 bytes of hexadecimal', field: 'salt', value: salt })
  const hasSigner = signer.some((byte) => byte !== 0)
  const hasLongSalt = saltBytes.subarray(0, 24).some((byte) => byte !== 0)
  const compact = parseSignature(signature).slice()
  if (compact[64] === 28) compact[32] = (compact[32] ?? 0) | 0x80
  return toHex(
    Uint8Array.from([
      (hasSigner ? 1 : 0) | (hasLongSalt ? 2 : 0),
      ...addressBytes('payer', payer),
      ...(hasSigner ? signer : []),
      ...(hasLongSalt ? saltBytes : saltBytes.subarray(24)),
      ...amountBytes('capture', capture),
      ...amountBytes('cumulativeAmount', cumulativeAmount),
      ...compact.subarray(0, 64),
    ]),
  )
}

function addressBytes(field: string, value: Address): Uint8Array {
  const bytes = readHex(value, 20)
  if (!bytes) throw new InvalidAddressError({ field, value })
  return bytes
}

function amountBytes(field: string, value: bigint): Uint8Array {
  if (typeof value !== 'bigint' || value < 0n || value > maximum)
    throw new InvalidAmountError({ field, max: maximum, value })
  const bytes = new Uint8Array(12)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, Number(value >> 64n))
  view.setBigUint64(4, value & 0xffffffffffffffffn)
  return bytes
}
