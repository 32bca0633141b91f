import type { ReadClient } from '../internal/client.js'
import { streamTransfers, type Transfer } from './streamTransfers.js'

/**
 * Reads the history of transfers from the token's logs, oldest first. {@link streamTransfers} gives the same
 * chunk by chunk, for histories that do not fit in memory.
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getTransfers.Parameters}
 * @returns All transfers that match.
 * @throws {@link HistoryUnavailableError} when the node gives the events of no range, however small.
 *
 * @example
 * ```ts
 * import { getTransfers } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const transfers = await getTransfers(client, {
 *   fromBlock: 30_000_000n,
 *   from: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export async function getTransfers(
  client: ReadClient,
  parameters: getTransfers.Parameters = {},
): Promise<getTransfers.ReturnType> {
  const found: Transfer[] = []
  for await (const chunk of streamTransfers(client, parameters)) found.push(...chunk)
  return found
}

export declare namespace getTransfers {
  type Parameters = streamTransfers.Parameters
  type ReturnType = Transfer[]
  type ErrorType = streamTransfers.ErrorType
}
