import { isAddress } from 'viem'
import * as z from 'zod/mini'

import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import type { Deployments } from './deployment.js'

/**
 * Checks a record of deployments of your own, read from a file or an API.
 *
 * @param value - Addresses by chain id, then by contract.
 * @returns The same, typed. Give one chain's entry to {@link withDeployment}.
 * @throws {@link InvalidArgumentError} when a chain id, a contract name or an address is not one.
 *
 * @example
 * ```ts
 * import { parseDeployments, withDeployment } from '@aitoken/core'
 * import { base } from 'viem/chains'
 *
 * export function toChain(json: string) {
 *   return withDeployment(base, parseDeployments(JSON.parse(json))[base.id] ?? {})
 * }
 * ```
 */
export function parseDeployments(value: unknown): Deployments {
  const address = z.custom<`0x${string}`>((entry) => typeof entry === 'string' && isAddress(entry))
  const schema = z.record(
    z.string().check(z.regex(/^[1-9]\d{0,15}$/)),
    z.strictObject({ accessManager: address, aiToken: address, paymentChannels: address }),
  )
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError({
    cause: parsed.error,
    expected: 'addresses by chain id and contract',
    field: parsed.error.issues[0]?.path.join('.') || 'deployments',
    value: JSON.stringify(value),
  })
}

export declare namespace parseDeployments {
  type ErrorType = InvalidArgumentError
}
