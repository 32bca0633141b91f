import type { Hex, LocalAccount } from 'viem'

import type { hashPriceTable } from './hashPriceTable.js'
import { toPriceTableTypedData } from './priceTable.js'

/**
 * Signs a price table (EIP-712), which binds the provider to it until it expires.
 *
 * @param account - The provider.
 * @param parameters - {@link hashPriceTable.Parameters}
 * @returns The 65-byte signature.
 *
 * @example
 * ```ts
 * import { signPriceTable } from '@aitoken/inference'
 * import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
 *
 * const provider = privateKeyToAccount(generatePrivateKey())
 * const signature = await signPriceTable(provider, {
 *   chainId: 8453,
 *   channels: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *   table: {
 *     models: [
 *       { cachedInput: 50n, input: 200n, model: 'shakespeare', output: 600n, reasoning: 600n, request: 0n },
 *     ],
 *     payee: provider.address,
 *     token: '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512',
 *     validUntil: BigInt(Math.floor(Date.now() / 1000) + 86_400),
 *   },
 * })
 * ```
 */
export async function signPriceTable(
  account: Pick<LocalAccount, 'signTypedData'>,
  parameters: signPriceTable.Parameters,
): Promise<Hex> {
  return account.signTypedData(toPriceTableTypedData(parameters))
}

export declare namespace signPriceTable {
  type Parameters = hashPriceTable.Parameters
}
