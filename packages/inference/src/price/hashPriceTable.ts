import { type Hex, hashTypedData } from 'viem'

import { type InferenceDomain, type PriceTable, toPriceTableTypedData } from './priceTable.js'

/**
 * Hashes a price table as EIP-712 does. Payments and receipts pin this hash.
 *
 * @param parameters - {@link hashPriceTable.Parameters}
 * @returns The 32-byte digest that the provider signs.
 *
 * @example
 * ```ts
 * import { hashPriceTable } from '@aitoken/inference'
 *
 * const hash = hashPriceTable({
 *   chainId: 8453,
 *   channels: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *   table: {
 *     models: [],
 *     payee: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
 *     token: '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512',
 *     validUntil: 1_800_000_000n,
 *   },
 * })
 * ```
 */
export function hashPriceTable(parameters: hashPriceTable.Parameters): Hex {
  return hashTypedData(toPriceTableTypedData(parameters))
}

export declare namespace hashPriceTable {
  type Parameters = InferenceDomain & {
    /** The prices. */
    table: PriceTable
  }
}
