import type { ReadClient } from '@aitoken/core'
import type { Address } from 'viem'

import { isSameAddress } from '../internal/address.js'
import type { InferenceDomain } from '../price/priceTable.js'
import { EvidenceContractError } from './errors.js'

/**
 * Holds the contract that evidence names against the one that is trusted. A contract of its own says of any channel
 * what suits whoever deployed it.
 *
 * @param client - Client of the chain that is trusted.
 * @param contracts - The trusted contract, and what the evidence names.
 * @throws {@link EvidenceContractError} when they differ, or their chains do.
 */
export function expectContract(
  client: ReadClient,
  { expected, named: { chainId, channels: named } }: { expected: Address; named: InferenceDomain },
): void {
  if (chainId !== client.chain.id || !isSameAddress(named, expected))
    throw new EvidenceContractError({ chainId, expected, named })
}
