import { type Address, type Hex, isAddressEqual, recoverTypedDataAddress } from 'viem'

import { PriceTableExpiredError, PriceTableSignerError } from './errors.js'
import type { hashPriceTable } from './hashPriceTable.js'
import { toPriceTableTypedData } from './priceTable.js'

/**
 * Checks that a provider signed a price table and that its prices still hold.
 *
 * @param parameters - {@link verifyPriceTable.Parameters}
 * @throws {@link PriceTableSignerError} when somebody else signed it, or the signature is malformed.
 * @throws {@link PriceTableExpiredError} when the prices no longer hold.
 */
export async function verifyPriceTable(parameters: verifyPriceTable.Parameters): Promise<void> {
  const { now, signature, signer, table } = parameters
  if (table.validUntil < now) throw new PriceTableExpiredError({ now, validUntil: table.validUntil })
  let recovered: Address
  try {
    recovered = await recoverTypedDataAddress({ ...toPriceTableTypedData(parameters), signature })
  } catch (cause) {
    throw new PriceTableSignerError({ cause, recovered: undefined, signer })
  }
  if (!isAddressEqual(recovered, signer)) throw new PriceTableSignerError({ recovered, signer })
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
  type ErrorType = PriceTableExpiredError | PriceTableSignerError
}
