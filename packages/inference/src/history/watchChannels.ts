import { addressOf, type ReadClient } from '@aitoken/core/internal'
import type { Address } from 'viem'
import { watchEvent } from 'viem/actions'
import { getAction } from 'viem/utils'

import { type ChannelEvent, toChannelEvents } from './channelEvent.js'

/**
 * Watches everything that happens in the channels contract from now on.
 *
 * @param client - Client of the contract's chain.
 * @param parameters - {@link watchChannels.Parameters}
 * @returns Stops watching.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { watchChannels } from '@aitoken/inference'
 *
 * export const watch = (client: ReadClient) =>
 *   watchChannels(client, {
 *     onError: (error) => console.error(error),
 *     onEvents: (events) => console.log(events.map(({ eventName }) => eventName)),
 *   })
 * ```
 */
export function watchChannels(client: ReadClient, parameters: watchChannels.Parameters): () => void {
  const { channels = addressOf(client, 'paymentChannels'), onError, onEvents, pollingInterval } = parameters
  return getAction(
    client,
    watchEvent,
    'watchEvent',
  )({
    address: channels,
    onError,
    onLogs: (logs) => {
      const events = toChannelEvents(logs)
      if (events.length > 0) onEvents(events)
    },
    ...(pollingInterval === undefined ? {} : { pollingInterval }),
  })
}

export declare namespace watchChannels {
  type Parameters = {
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Told when the node cannot be asked. Watching goes on. */
    onError: (error: Error) => void
    /** Told what happened, in the order of the chain, amounts in base units. */
    onEvents: (events: ChannelEvent[]) => void
    /** Milliseconds between questions to the node. @default the client's */
    pollingInterval?: number | undefined
  }
  type ErrorType = addressOf.ErrorType
}
