import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'
import type { RegisteredProvider } from './registeredProvider.js'

/**
 * Reads providers in the order of their ids, a page in each request. Those that left are among them.
 *
 * @param client - Client of the registry's chain.
 * @param parameters - {@link listProviders.Parameters}
 * @returns One page after another, amounts in base units.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { listProviders } from '@aitoken/inference'
 *
 * export async function listed(client: ReadClient, minimumBond: bigint) {
 *   const found = []
 *   for await (const page of listProviders(client))
 *     found.push(...page.filter(({ bond, deregistered }) => !deregistered && bond >= minimumBond))
 *   return found
 * }
 * ```
 */
export async function* listProviders(
  client: ReadClient,
  parameters: listProviders.Parameters = {},
): AsyncGenerator<readonly RegisteredProvider[], void, undefined> {
  const { fromId = 1n, pageSize = 100n, registry = addressOf(client, 'providerRegistry'), toId } = parameters
  const size = pageSize > 0n ? pageSize : 1n
  let next = fromId > 0n ? fromId : 1n
  while (toId === undefined || next <= toId) {
    const left = toId === undefined ? size : toId - next + 1n
    const count = left < size ? left : size
    const page = await read(client, {
      abi: providerRegistryAbi,
      address: registry,
      args: [next, count],
      functionName: 'getProviders',
    })
    if (page.length > 0) yield page
    if (BigInt(page.length) < count) return
    next += count
  }
}

export declare namespace listProviders {
  type Parameters = {
    /** Id of the first provider. @default 1n */
    fromId?: bigint | undefined
    /** Providers in one request. @default 100n */
    pageSize?: bigint | undefined
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
    /** Id of the last provider. @default the newest */
    toId?: bigint | undefined
  }
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
