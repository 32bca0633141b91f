import { type Account, type Address, type Chain, createClient, type Transport } from 'viem'

import type { Deployment } from '../deployment/deployment.js'
import { withDeployment } from '../deployment/withDeployment.js'
import type { ReadClient, WriteClient } from '../internal/client.js'
import { type CoreActions, coreActions } from './coreActions.js'

/**
 * Creates a client with every action of the token on it: a viem client, extended with {@link coreActions}.
 *
 * @param parameters - {@link createAitoken.WriteParameters}
 * @returns The client; its actions are under `ait`.
 *
 * @example
 * ```ts
 * import { createAitoken } from '@aitoken/core'
 * import { http, parseEther } from 'viem'
 * import { privateKeyToAccount } from 'viem/accounts'
 * import { base } from 'viem/chains'
 *
 * const aitoken = createAitoken({
 *   account: privateKeyToAccount(process.env['PRIVATE_KEY'] as `0x${string}`),
 *   chain: base,
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *   transport: http(),
 * })
 *
 * const hash = await aitoken.ait.transfer({
 *   amount: parseEther('12.5'),
 *   to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export function createAitoken(parameters: createAitoken.WriteParameters): createAitoken.ReturnType
/** Creates a client that only reads. */
export function createAitoken(parameters: createAitoken.Parameters): createAitoken.ReadReturnType
export function createAitoken(
  parameters: createAitoken.Parameters | createAitoken.WriteParameters,
): createAitoken.ReadReturnType {
  const { chain, deployment, token, ...rest } = parameters
  const contracts = { ...deployment, ...(token ? { aiToken: token } : {}) }
  return createClient({ ...rest, chain: withDeployment(chain, contracts) }).extend(coreActions())
}

export declare namespace createAitoken {
  type Parameters = {
    /** The chain. */
    chain: Chain
    /** Addresses of the contracts, where the package does not know them. */
    deployment?: Partial<Deployment> | undefined
    /** Milliseconds between polls. @default viem's, by the chain's block time */
    pollingInterval?: number | undefined
    /** Token contract, where that is all there is to say: short for `deployment: { aiToken }`. */
    token?: Address | undefined
    /** How the node is reached. */
    transport: Transport
  }
  type WriteParameters = Parameters & {
    /** Who signs: an account, or the address of one that the wallet behind the transport holds. */
    account: Account | Address
  }
  /** A client that reads and writes. */
  type ReturnType = WriteClient & CoreActions
  /** A client that only reads. */
  type ReadReturnType = ReadClient & CoreActions<ReadClient>
}
