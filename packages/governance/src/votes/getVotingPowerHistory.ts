import { addressOf, type HistoryParameters, type ReadClient, streamLogs } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import { delegateVotesChangedEvent } from './delegationEvents.js'

/** A change of an account's votes. */
export type VotingPowerChange = {
  /** Block of the change. */
  blockNumber: bigint
  /** Place among the events of its block. */
  logIndex: number
  /** Votes before, in base units of the token. */
  previousVotes: bigint
  /** Transaction that caused it. */
  transactionHash: Hash
  /** Votes from then on, in base units of the token. */
  votes: bigint
}

/**
 * Reads from the token's logs how an account's votes changed (ERC-5805), by delegations to it and by
 * transfers of those who delegated to it.
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getVotingPowerHistory.Parameters}
 * @returns Every change, oldest first.
 * @throws {@link HistoryUnavailableError} when the node gives the events of no range, however small.
 *
 * @example
 * ```ts
 * import { getVotingPowerHistory } from '@aitoken/governance'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const changes = await getVotingPowerHistory(client, {
 *   account: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   fromBlock: 30_000_000n,
 * })
 * ```
 */
export async function getVotingPowerHistory(
  client: ReadClient,
  parameters: getVotingPowerHistory.Parameters,
): Promise<getVotingPowerHistory.ReturnType> {
  const { account, token = addressOf(client, 'aiToken'), ...range } = parameters
  const query = { ...range, address: token, args: { delegate: account }, event: delegateVotesChangedEvent }
  const changes: VotingPowerChange[] = []
  for await (const chunk of streamLogs(client, query))
    for (const { args, ...position } of chunk)
      changes.push({ ...position, previousVotes: args.previousVotes, votes: args.newVotes })
  return changes
}

export declare namespace getVotingPowerHistory {
  type Parameters = HistoryParameters & {
    /** Whose votes. */
    account: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = VotingPowerChange[]
  type ErrorType = addressOf.ErrorType | streamLogs.ErrorType
}
