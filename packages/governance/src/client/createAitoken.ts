import { type CoreActions, createAitoken as createCoreAitoken } from '@aitoken/core'
import type { ReadClient, WriteClient } from '@aitoken/core/internal'

import { type GovernanceActions, governanceActions } from './governanceActions.js'

/**
 * Creates a client with the token's actions under `ait` and its votes under `votes`.
 *
 * @param parameters - {@link createAitoken.WriteParameters}
 * @returns The client: viem's, extended.
 *
 * @example
 * ```ts
 * import { createAitoken } from '@aitoken/governance'
 * import { http } from 'viem'
 * import { privateKeyToAccount } from 'viem/accounts'
 * import { base } from 'viem/chains'
 *
 * const account = privateKeyToAccount(process.env['PRIVATE_KEY'] as `0x${string}`)
 * const aitoken = createAitoken({
 *   account,
 *   chain: base,
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *   transport: http(),
 * })
 *
 * const hash = await aitoken.votes.delegate({ delegatee: account.address })
 * ```
 */
export function createAitoken(parameters: createAitoken.WriteParameters): createAitoken.ReturnType
/** Creates a client that only reads. */
export function createAitoken(parameters: createAitoken.Parameters): createAitoken.ReadReturnType
export function createAitoken(parameters: createAitoken.Parameters): createAitoken.ReadReturnType {
  const client = createCoreAitoken(parameters)
  return Object.assign(client, governanceActions()(client))
}

export declare namespace createAitoken {
  type Parameters = createCoreAitoken.Parameters
  type WriteParameters = createCoreAitoken.WriteParameters
  /** A client that reads and writes. */
  type ReturnType = WriteClient & CoreActions & GovernanceActions
  /** A client that only reads. */
  type ReadReturnType = ReadClient & CoreActions<ReadClient> & GovernanceActions<ReadClient>
}
