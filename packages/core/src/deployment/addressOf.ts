import type { Address, Chain } from 'viem'

import { ChainNotSupportedError } from '../errors/ChainNotSupportedError.js'
import { deployments } from '../generated/deployments.js'
import type { ContractName, Deployments } from './deployment.js'

/**
 * Finds where a contract lives on a client's chain: the chain's own `contracts` first (see
 * {@link withDeployment}), then the deployments that come with the package.
 *
 * @param client - Client of the chain.
 * @param contract - Name of the contract.
 * @returns Its address.
 * @throws {@link ChainNotSupportedError} when neither knows it.
 *
 * @example
 * ```ts
 * import { addressOf, withDeployment } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { mainnet } from 'viem/chains'
 *
 * const chain = withDeployment(mainnet, { aiToken: '0x5FbDB2315678afecb367f032d93F642f64180aa3' })
 * const client = createClient({ chain, transport: http() })
 * const token = addressOf(client, 'aiToken')
 * ```
 */
export function addressOf(client: { chain: Chain }, contract: ContractName): Address {
  const { contracts, id } = client.chain
  const own = contracts?.[contract]
  if (own && 'address' in own && typeof own.address === 'string') return own.address
  const known: Deployments = deployments
  const address = known[id]?.[contract]
  if (address) return address
  throw new ChainNotSupportedError({ chainId: id, contract, supported: Object.keys(known).map(Number) })
}

export declare namespace addressOf {
  type ErrorType = ChainNotSupportedError
}
