import type { ReadClient } from '@aitoken/core/internal'

import { type ChannelBook, createChannelBook, enterChannelEvent } from './channelBook.js'
import { getChannelEvents } from './getChannelEvents.js'

/**
 * Rebuilds all state of the channels contract from its logs: channels, vaults, sessions, operators and the fee. A
 * provider that lost everything finds its channels this way.
 *
 * @param client - Client of the contract's chain.
 * @param parameters - {@link rebuildChannels.Parameters}
 * @returns The book, amounts in base units.
 * @throws `HistoryUnavailableError` when the node gives the events of no range, however small.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { rebuildChannels } from '@aitoken/inference'
 *
 * export async function channelsTo(client: ReadClient, payee: `0x${string}`) {
 *   const { channels } = await rebuildChannels(client)
 *   return [...channels.values()].filter(({ channel, closed }) => !closed && channel.payee === payee)
 * }
 * ```
 */
export async function rebuildChannels(
  client: ReadClient,
  parameters: rebuildChannels.Parameters = {},
): Promise<rebuildChannels.ReturnType> {
  const book = createChannelBook()
  for await (const events of getChannelEvents(client, parameters))
    for (const event of events) enterChannelEvent(book, event)
  return book
}

export declare namespace rebuildChannels {
  type Parameters = getChannelEvents.Parameters
  type ReturnType = ChannelBook
  type ErrorType = getChannelEvents.ErrorType
}
