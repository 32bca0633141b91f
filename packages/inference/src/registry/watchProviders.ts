import { addressOf, type ReadClient } from '@aitoken/core/internal'
import type { Address } from 'viem'
import { watchEvent } from 'viem/actions'
import { getAction } from 'viem/utils'

import { type ProviderEvent, toProviderEvents } from './providerEvent.js'

/**
 * Watches everything that happens in the registry from now on.
 *
 * @param client - Client of the registry's chain.
 * @param parameters - {@link watchProviders.Parameters}
 * @returns Stops watching.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { watchProviders } from '@aitoken/inference'
 *
 * export const watch = (client: ReadClient) =>
 *   watchProviders(client, {
 *     onError: (error) => console.error(error),
 *     onEvents: (events) => console.log(events.map(({ eventName }) => eventName)),
 *   })
 * ```
 */
export function watchProviders(client: ReadClient, parameters: watchProviders.Parameters): () => void {
  const { onError, onEvents, pollingInterval, registry = addressOf(client, 'providerRegistry') } = parameters
  return getAction(
    client,
    watchEvent,
    'watchEvent',
  )({
    address: registry,
    onError,
    onLogs: (logs) => {
      const events = toProviderEvents(logs)
      if (events.length > 0) onEvents(events)
    },
    ...(pollingInterval === undefined ? {} : { pollingInterval }),
  })
}

export declare namespace watchProviders {
  type Parameters = {
    /** Told when the node cannot be asked. Watching goes on. */
    onError: (error: Error) => void
    /** Told what happened, in the order of the chain, amounts in base units. */
    onEvents: (events: ProviderEvent[]) => void
    /** Milliseconds between questions to the node. @default the client's */
    pollingInterval?: number | undefined
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ErrorType = addressOf.ErrorType
}
