import { addressOf, type HistoryParameters, type ReadClient, streamLogs } from '@aitoken/core/internal'
import { type Address, type Hash, zeroAddress } from 'viem'

import { delegateChangedEvent } from './delegationEvents.js'

/** Who votes with whose tokens. */
export type Delegation = {
  /** Block in which it was delegated. */
  blockNumber: bigint
  /** Who votes. */
  delegatee: Address
  /** Whose tokens. */
  delegator: Address
  /** Transaction in which it was delegated. */
  transactionHash: Hash
}

/**
 * Rebuilds from the token's logs who delegates to whom (ERC-5805). Holders who never delegated, or who
 * delegated to nobody, are not among them: their tokens are no votes.
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getDelegates.Parameters}
 * @returns The delegations in force at the last block read, oldest first.
 * @throws {@link HistoryUnavailableError} when the node gives the events of no range, however small.
 *
 * @example
 * ```ts
 * import { getDelegates } from '@aitoken/governance'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const delegations = await getDelegates(client, {
 *   delegatee: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   fromBlock: 30_000_000n,
 * })
 * ```
 */
export async function getDelegates(
  client: ReadClient,
  parameters: getDelegates.Parameters = {},
): Promise<getDelegates.ReturnType> {
  const { delegatee, token = addressOf(client, 'aiToken'), ...range } = parameters
  const current = new Map<Address, Delegation>()
  for await (const chunk of streamLogs(client, { ...range, address: token, event: delegateChangedEvent }))
    for (const { args, blockNumber, transactionHash } of chunk) {
      const { delegator, toDelegate } = args
      // Removed first, so that the order is that of the delegations in force.
      current.delete(delegator)
      if (toDelegate !== zeroAddress)
        current.set(delegator, { blockNumber, delegatee: toDelegate, delegator, transactionHash })
    }
  const delegations = [...current.values()]
  if (!delegatee) return delegations
  return delegations.filter((delegation) => delegation.delegatee.toLowerCase() === delegatee.toLowerCase())
}

export declare namespace getDelegates {
  type Parameters = HistoryParameters & {
    /** Only delegations to this account. */
    delegatee?: Address | undefined
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Delegation[]
  type ErrorType = addressOf.ErrorType | streamLogs.ErrorType
}
