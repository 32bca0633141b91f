import { type Address, isAddress } from 'viem'

import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import type { ContractName, Deployment, Deployments } from './deployment.js'

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
  const refuse = (field: string) =>
    new InvalidArgumentError({
      expected: 'addresses by chain id and contract',
      field,
      value: JSON.stringify(value) ?? 'nothing',
    })
  const fieldsOf = (record: unknown, field: string): ReadonlyMap<string, unknown> => {
    if (typeof record === 'object' && record !== null && !Array.isArray(record))
      return new Map(Object.entries(record))
    throw refuse(field)
  }
  const deployments: Record<number, Deployment> = {}
  for (const [chainId, record] of fieldsOf(value, 'deployments')) {
    if (!/^[1-9]\d{0,15}$/.test(chainId)) throw refuse(chainId)
    const fields = fieldsOf(record, chainId)
    const read = (name: ContractName): Address => {
      const address = fields.get(name)
      if (typeof address === 'string' && isAddress(address)) return address
      throw refuse(`${chainId}.${name}`)
    }
    const deployment: Deployment = {
      accessManager: read('accessManager'),
      aiToken: read('aiToken'),
      paymentChannels: read('paymentChannels'),
      providerRegistry: read('providerRegistry'),
    }
    const stray = [...fields.keys()].find((name) => !Object.hasOwn(deployment, name))
    if (stray !== undefined) throw refuse(`${chainId}.${stray}`)
    deployments[Number(chainId)] = deployment
  }
  return deployments
}

export declare namespace parseDeployments {
  type ErrorType = InvalidArgumentError
}
