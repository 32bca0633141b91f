import { addressOf, fetchLogs, type ReadClient } from '@aitoken/core/internal'
import type { Address } from 'viem'
import { getBlockNumber } from 'viem/actions'
import { getAction } from 'viem/utils'

import { type ChannelEvent, toChannelEvents } from './channelEvent.js'

/**
 * Reads everything that ever happened in the channels contract, oldest first, in bounded chunks of blocks: smaller
 * ones when the node refuses. All state follows from it: {@link rebuildChannels}.
 *
 * @param client - Client of the contract's chain.
 * @param parameters - {@link getChannelEvents.Parameters}
 * @returns The events of one chunk of blocks after another.
 * @throws `HistoryUnavailableError` when the node gives the events of no range, however small.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { getChannelEvents } from '@aitoken/inference'
 *
 * export async function count(client: ReadClient) {
 *   let count = 0
 *   for await (const events of getChannelEvents(client)) count += events.length
 *   return count
 * }
 * ```
 */
export async function* getChannelEvents(
  client: ReadClient,
  parameters: getChannelEvents.Parameters = {},
): AsyncGenerator<ChannelEvent[], void, undefined> {
  const { channels = addressOf(client, 'paymentChannels'), chunkSize = 10_000n, fromBlock = 0n } = parameters
  const toBlock = parameters.toBlock ?? (await getAction(client, getBlockNumber, 'getBlockNumber')({}))
  let size = chunkSize > 0n ? chunkSize : 1n
  let next = fromBlock
  while (next <= toBlock) {
    const last = next + size - 1n < toBlock ? next + size - 1n : toBlock
    const logs = await fetchLogs(client, {
      address: channels,
      fromBlock: next,
      onRefused: (blocks) => {
        size = blocks > 1n ? blocks / 2n : 1n
      },
      toBlock: last,
      topics: [],
    })
    yield toChannelEvents(logs)
    parameters.onProgress?.({ fromBlock, readTo: last, toBlock })
    next = last + 1n
  }
}

export declare namespace getChannelEvents {
  type Parameters = {
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Blocks in one request. @default 10_000n */
    chunkSize?: bigint | undefined
    /** First block. For {@link rebuildChannels} at most the one the contract was deployed in. @default 0n */
    fromBlock?: bigint | undefined
    /** Told after each chunk how far the history has been read. */
    onProgress?: ((progress: { fromBlock: bigint; readTo: bigint; toBlock: bigint }) => void) | undefined
    /** Last block. @default the latest */
    toBlock?: bigint | undefined
  }
  type ErrorType = addressOf.ErrorType | fetchLogs.ErrorType
}
