import type { InvalidAddressError } from '@aitoken/core'
import type { Address, Hex } from 'viem'

import { isSameAddress, toAddress } from '../internal/address.js'
import { readHex } from '../internal/hex.js'
import { createNobleEngine } from '../signature/createNobleEngine.js'
import { parseSignature } from '../signature/parseSignature.js'
import { type PriceInvalidError, PriceTableExpiredError, PriceTableSignerError } from './errors.js'
import { hashPriceTable } from './hashPriceTable.js'

/**
 * Checks that a provider signed a price table (EIP-712) and that its prices still hold.
 *
 * @param parameters - {@link verifyPriceTable.Parameters}
 * @throws {@link PriceTableSignerError} when somebody else signed it, or the signature is malformed.
 * @throws {@link PriceTableExpiredError} when the prices no longer hold.
 * @throws {@link PriceInvalidError} when a price does not fit into 128 bits.
 * @throws `InvalidAddressError` when an address is none.
 *
 * @example
 * ```ts
 * import { type Quote, verifyPriceTable } from '@aitoken/inference'
 *
 * export const check = ({ priceTable: table, priceTableSignature: signature, ...quote }: Quote) =>
 *   verifyPriceTable({
 *     chainId: quote.chainId,
 *     channels: quote.channels,
 *     now: BigInt(Math.floor(Date.now() / 1000)),
 *     signature,
 *     signer: quote.receiptSigner,
 *     table,
 *   })
 * ```
 */
export async function verifyPriceTable(parameters: verifyPriceTable.Parameters): Promise<void> {
  const { engine = createNobleEngine({ tables: 0 }), now, signature, signer, table } = parameters
  if (table.validUntil < now) throw new PriceTableExpiredError({ now, validUntil: table.validUntil })
  const digest = readHex(hashPriceTable({ ...parameters, engine }), 32) ?? new Uint8Array(32)
  let recovered: Address
  try {
    recovered = toAddress(engine, engine.recover(digest, parseSignature(signature)))
  } catch (cause) {
    throw new PriceTableSignerError({ cause, recovered: undefined, signer })
  }
  if (!isSameAddress(recovered, signer)) throw new PriceTableSignerError({ recovered, signer })
}

export declare namespace verifyPriceTable {
  type Parameters = hashPriceTable.Parameters & {
    /** The present, as Unix time in seconds. */
    now: bigint
    /** The table's signature. */
    signature: Hex
    /** Who should have signed it. */
    signer: Address
  }
  type ErrorType = InvalidAddressError | PriceInvalidError | PriceTableExpiredError | PriceTableSignerError
}
