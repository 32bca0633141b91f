import type { Address, Hash } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { type HistoricEvent, type HistoryParameters, streamLogs } from '../history/streamLogs.js'
import type { ReadClient } from '../internal/client.js'
import { approvalEvent } from './approvalEvent.js'

/** An allowance that was set; spending from it emits nothing. */
export type Approval = {
  /** The allowance from then on, in base units. */
  amount: bigint
  /** Block it happened in. */
  blockNumber: bigint
  /** Place among the events of its block. */
  logIndex: number
  /** Whose tokens. */
  owner: Address
  /** Who may spend them. */
  spender: Address
  /** Transaction that caused it. */
  transactionHash: Hash
}

/**
 * Reads the history of approvals from the token's logs, oldest first, one bounded chunk of blocks after another.
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link streamApprovals.Parameters}
 * @returns The approvals of each chunk, possibly none.
 * @throws {@link HistoryUnavailableError} when the node gives the events of no range, however small.
 *
 * @example
 * ```ts
 * import { streamApprovals } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * for await (const approvals of streamApprovals(client, { fromBlock: 30_000_000n })) console.log(approvals.length)
 * ```
 */
export async function* streamApprovals(
  client: ReadClient,
  parameters: streamApprovals.Parameters = {},
): AsyncGenerator<Approval[], void, undefined> {
  const { owner, spender, token = addressOf(client, 'aiToken'), ...range } = parameters
  const args = { owner, spender }
  for await (const events of streamLogs(client, { ...range, address: token, args, event: approvalEvent }))
    yield events.map(toApproval)
}

export declare namespace streamApprovals {
  type Parameters = HistoryParameters & {
    /** Only of this holder. */
    owner?: Address | undefined
    /** Only for this spender. */
    spender?: Address | undefined
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ErrorType = addressOf.ErrorType | streamLogs.ErrorType
}

function toApproval({ args, ...position }: HistoricEvent<typeof approvalEvent>): Approval {
  return { ...position, amount: args.value, owner: args.owner, spender: args.spender }
}
