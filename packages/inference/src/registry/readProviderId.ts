import { type Address, type Log, parseEventLogs } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { isSameAddress } from '../internal/address.js'
import { RegistrationMissingError } from './errors.js'

/**
 * Reads from a transaction's logs which id a provider got. Other contracts may say what they like in the same
 * transaction, and a bundle may register others, too.
 *
 * @param parameters - {@link readProviderId.Parameters}
 * @returns The id.
 * @throws {@link RegistrationMissingError} when it registered nobody.
 *
 * @example
 * ```ts
 * import { addressOf, confirm, type WriteClient } from '@aitoken/core'
 * import { readProviderId } from '@aitoken/inference'
 *
 * export async function idOf(client: WriteClient, hash: `0x${string}`) {
 *   const { receipt } = await confirm(client, { hash })
 *   return readProviderId({ logs: receipt.logs, registry: addressOf(client, 'providerRegistry') })
 * }
 * ```
 */
export function readProviderId({ logs, owner, registry }: readProviderId.Parameters): bigint {
  const events = parseEventLogs({
    abi: providerRegistryAbi,
    eventName: 'ProviderRegistered',
    logs: [...logs],
  })
  const event = events.find(
    ({ address, args }) => isSameAddress(address, registry) && (!owner || isSameAddress(args.owner, owner)),
  )
  if (!event) throw new RegistrationMissingError()
  return event.args.id
}

export declare namespace readProviderId {
  type Parameters = {
    /** The transaction's logs. */
    logs: readonly Log[]
    /** Who registered it. @default anybody: give it when the transaction may register others, too */
    owner?: Address | undefined
    /** Contract that holds the providers. */
    registry: Address
  }
  type ErrorType = RegistrationMissingError
}
