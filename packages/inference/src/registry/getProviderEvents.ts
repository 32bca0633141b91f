import { addressOf, fetchLogs, type ReadClient } from '@aitoken/core/internal'
import { type Address, numberToHex } from 'viem'
import { getBlockNumber } from 'viem/actions'
import { getAction } from 'viem/utils'

import { type ProviderEvent, toProviderEvents } from './providerEvent.js'

/**
 * Reads what happened in the registry, to all providers or to one, oldest first, in bounded chunks of blocks: smaller
 * ones when the node refuses. The URIs of manifests are here and nowhere else.
 *
 * @param client - Client of the registry's chain.
 * @param parameters - {@link getProviderEvents.Parameters}
 * @returns The events of one chunk of blocks after another.
 * @throws `HistoryUnavailableError` when the node gives the events of no range, however small.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { getProviderEvents } from '@aitoken/inference'
 *
 * export async function manifestUriOf(client: ReadClient, id: bigint) {
 *   let uri = ''
 *   for await (const events of getProviderEvents(client, { id }))
 *     for (const { args, eventName } of events) if (eventName === 'ProviderListed') uri = args.manifestUri
 *   return uri
 * }
 * ```
 */
export async function* getProviderEvents(
  client: ReadClient,
  parameters: getProviderEvents.Parameters = {},
): AsyncGenerator<ProviderEvent[], void, undefined> {
  const { chunkSize = 10_000n, fromBlock = 0n, id } = parameters
  const { registry = addressOf(client, 'providerRegistry') } = parameters
  const toBlock = parameters.toBlock ?? (await getAction(client, getBlockNumber, 'getBlockNumber')({}))
  let size = chunkSize > 0n ? chunkSize : 1n
  let next = fromBlock
  while (next <= toBlock) {
    const last = next + size - 1n < toBlock ? next + size - 1n : toBlock
    const logs = await fetchLogs(client, {
      address: registry,
      fromBlock: next,
      onRefused: (blocks) => {
        size = blocks > 1n ? blocks / 2n : 1n
      },
      toBlock: last,
      topics: id === undefined ? [] : [null, numberToHex(id, { size: 32 })],
    })
    yield toProviderEvents(logs)
    next = last + 1n
  }
}

export declare namespace getProviderEvents {
  type Parameters = {
    /** Blocks in one request. @default 10_000n */
    chunkSize?: bigint | undefined
    /** First block. @default 0n */
    fromBlock?: bigint | undefined
    /** The provider. @default all */
    id?: bigint | undefined
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
    /** Last block. @default the latest */
    toBlock?: bigint | undefined
  }
  type ErrorType = addressOf.ErrorType | fetchLogs.ErrorType
}
