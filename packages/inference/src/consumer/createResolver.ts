import { addressOf } from '@aitoken/core/internal/deployment'
import type { Address } from 'viem'

import type { RegisteredProvider } from '../registry/registeredProvider.js'
import type { ConsumerContext } from './context.js'
import { ConsumerOptionError } from './errors.js'

/** How a consumer deals with registered providers. */
export type RegistryOptions = {
  /** Contract that holds the providers. @default the one deployed on the client's chain */
  address?: Address | undefined
  /** Base units that a provider must have bonded to be paid. What is unbonding does not count. @default 0n */
  minimumBond?: bigint | undefined
  /** Whether endpoints may be plain HTTP, where anybody on the way reads along. @default false */
  plainHttp?: boolean | undefined
  /** How long a look at the registry holds, in milliseconds. @default 60_000 */
  ttl?: number | undefined
}

/** Finds registered providers, and remembers them for a while. */
export type Resolver = {
  /** The provider as the registry had it at most the time ago that a look holds; as it has it now, when `fresh`. */
  find(id: bigint, options?: { fresh?: boolean }): Promise<RegisteredProvider>
  readonly minimumBond: bigint
  readonly plainHttp: boolean
}

/**
 * Creates what finds registered providers. Questions that come together share one answer; failures are not kept.
 *
 * @param context - The consumer.
 * @param options - {@link RegistryOptions}
 * @returns The resolver.
 * @throws {@link ConsumerOptionError} when an option cannot work.
 */
export function createResolver(
  { client, now }: Pick<ConsumerContext, 'client' | 'now'>,
  options: RegistryOptions = {},
): Resolver {
  const { minimumBond = 0n, plainHttp = false, ttl = 60_000 } = options
  if (typeof minimumBond !== 'bigint' || minimumBond < 0n) {
    const expected = 'a bigint of base units'
    throw new ConsumerOptionError({ expected, option: 'registry.minimumBond', value: minimumBond })
  }
  if (!Number.isSafeInteger(ttl) || ttl < 0)
    throw new ConsumerOptionError({
      expected: 'a whole number of milliseconds',
      option: 'registry.ttl',
      value: ttl,
    })
  const known = new Map<bigint, { asked: number; provider: Promise<RegisteredProvider> }>()

  const ask = async (id: bigint): Promise<RegisteredProvider> => {
    const registry = options.address ?? addressOf(client, 'providerRegistry')
    // What reads the chain is large: it loads with the first provider that is named by its id.
    const { getProvider } = await import('../registry/getProvider.js')
    return getProvider(client, { id, registry })
  }

  return {
    async find(id, { fresh = false } = {}) {
      const held = known.get(id)
      const asked = now()
      // A clock that was put back says nothing about how old the look is.
      if (held && !fresh && asked >= held.asked && asked - held.asked < ttl) return held.provider
      const entry = { asked, provider: ask(id) }
      known.set(id, entry)
      try {
        return await entry.provider
      } catch (error) {
        if (known.get(id) === entry) known.delete(id)
        throw error
      }
    },
    minimumBond,
    plainHttp,
  }
}
