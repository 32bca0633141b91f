import type { ReadClient } from '../internal/client.js'
import { type Approval, streamApprovals } from './streamApprovals.js'

/**
 * Reads the history of approvals from the token's logs, oldest first. {@link streamApprovals} gives the same
 * chunk by chunk, for histories that do not fit in memory.
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getApprovals.Parameters}
 * @returns All approvals that match.
 * @throws {@link HistoryUnavailableError} when the node gives the events of no range, however small.
 *
 * @example
 * ```ts
 * import { getApprovals } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const approvals = await getApprovals(client, {
 *   fromBlock: 30_000_000n,
 *   owner: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export async function getApprovals(
  client: ReadClient,
  parameters: getApprovals.Parameters = {},
): Promise<getApprovals.ReturnType> {
  const found: Approval[] = []
  for await (const chunk of streamApprovals(client, parameters)) found.push(...chunk)
  return found
}

export declare namespace getApprovals {
  type Parameters = streamApprovals.Parameters
  type ReturnType = Approval[]
  type ErrorType = streamApprovals.ErrorType
}
