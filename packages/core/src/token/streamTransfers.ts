import type { Address, Hash } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { type HistoricEvent, type HistoryParameters, streamLogs } from '../history/streamLogs.js'
import type { ReadClient } from '../internal/client.js'
import { transferEvent } from './transferEvent.js'

/** A transfer that happened; minting and burning are transfers from and to the zero address. */
export type Transfer = {
  /** Amount in base units. */
  amount: bigint
  /** Block it happened in. */
  blockNumber: bigint
  /** Who sent; the zero address when tokens were created. */
  from: Address
  /** Place among the events of its block. */
  logIndex: number
  /** Who received; the zero address when tokens were destroyed. */
  to: Address
  /** Transaction that caused it. */
  transactionHash: Hash
}

/**
 * Reads the history of transfers from the token's logs, oldest first, one bounded chunk of blocks after another.
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link streamTransfers.Parameters}
 * @returns The transfers of each chunk, possibly none.
 * @throws {@link HistoryUnavailableError} when the node gives the events of no range, however small.
 *
 * @example
 * ```ts
 * import { streamTransfers } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * for await (const transfers of streamTransfers(client, { fromBlock: 30_000_000n })) console.log(transfers.length)
 * ```
 */
export async function* streamTransfers(
  client: ReadClient,
  parameters: streamTransfers.Parameters = {},
): AsyncGenerator<Transfer[], void, undefined> {
  const { from, to, token = addressOf(client, 'aiToken'), ...range } = parameters
  const args = { from, to }
  for await (const events of streamLogs(client, { ...range, address: token, args, event: transferEvent }))
    yield events.map(toTransfer)
}

export declare namespace streamTransfers {
  type Parameters = HistoryParameters & {
    /** Only from this account. */
    from?: Address | undefined
    /** Only to this account. */
    to?: Address | undefined
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ErrorType = addressOf.ErrorType | streamLogs.ErrorType
}

function toTransfer({ args, ...position }: HistoricEvent<typeof transferEvent>): Transfer {
  return { ...position, amount: args.value, from: args.from, to: args.to }
}
