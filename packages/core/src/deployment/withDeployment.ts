import type { Chain, ChainContract } from 'viem'

import type { Deployment } from './deployment.js'

/**
 * Puts contract addresses on a chain, so that every action of a client of that chain finds them.
 *
 * @param chain - The chain.
 * @param deployment - Addresses of the contracts; those left out stay as they are.
 * @returns The chain, with the addresses among its `contracts`.
 *
 * @example
 * ```ts
 * import { createAitoken, withDeployment } from '@aitoken/core'
 * import { http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const aitoken = createAitoken({
 *   chain: withDeployment(base, { aiToken: '0x5FbDB2315678afecb367f032d93F642f64180aa3' }),
 *   transport: http(),
 * })
 * ```
 */
export function withDeployment<chain extends Chain>(
  chain: chain,
  deployment: Partial<Deployment>,
): withDeployment.ReturnType<chain> {
  const contracts: Record<string, ChainContract> = {}
  for (const [name, address] of Object.entries(deployment)) contracts[name] = { address }
  return { ...chain, contracts: { ...chain.contracts, ...contracts } }
}

export declare namespace withDeployment {
  type ReturnType<chain extends Chain> = Omit<chain, 'contracts'> & Pick<Chain, 'contracts'>
}
