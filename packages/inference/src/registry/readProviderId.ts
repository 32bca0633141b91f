import { type Log, parseEventLogs } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { RegistrationMissingError } from './errors.js'

/**
 * Reads from a transaction's logs which id a provider got.
 *
 * @param receipt - The receipt of the transaction that {@link registerProvider} sent.
 * @returns The id.
 * @throws {@link RegistrationMissingError} when it registered nobody.
 *
 * @example
 * ```ts
 * import { confirm, type WriteClient } from '@aitoken/core'
 * import { readProviderId } from '@aitoken/inference'
 *
 * export async function idOf(client: WriteClient, hash: `0x${string}`) {
 *   const { receipt } = await confirm(client, { hash })
 *   return readProviderId(receipt)
 * }
 * ```
 */
export function readProviderId({ logs }: readProviderId.Parameters): bigint {
  const [event] = parseEventLogs({
    abi: providerRegistryAbi,
    eventName: 'ProviderRegistered',
    logs: [...logs],
  })
  if (!event) throw new RegistrationMissingError()
  return event.args.id
}

export declare namespace readProviderId {
  type Parameters = {
    /** The transaction's logs. */
    logs: readonly Log[]
  }
  type ErrorType = RegistrationMissingError
}
