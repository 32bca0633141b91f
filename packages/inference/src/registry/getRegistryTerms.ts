import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'

/**
 * Reads the terms of the registry, which never change: what is bonded, for how long, and what a proof costs.
 *
 * @param client - Client of the registry's chain.
 * @param parameters - {@link getRegistryTerms.Parameters}
 * @returns The terms.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { getRegistryTerms } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient) => getRegistryTerms(client)
 * ```
 */
export async function getRegistryTerms(
  client: ReadClient,
  parameters: getRegistryTerms.Parameters = {},
): Promise<getRegistryTerms.ReturnType> {
  const { registry = addressOf(client, 'providerRegistry') } = parameters
  const contract = { abi: providerRegistryAbi, address: registry, args: [] } as const
  const ask = (functionName: 'MAX_ENDPOINT' | 'MAX_URI' | 'PAYER_SHARE' | 'PROOF_SHARE' | 'unbondingDelay') =>
    read(client, { ...contract, functionName })
  const [bondToken, channels, delay, endpoint, payer, proof, uri] = await Promise.all([
    read(client, { ...contract, functionName: 'bondToken' }),
    read(client, { ...contract, functionName: 'paymentChannels' }),
    ask('unbondingDelay'),
    ask('MAX_ENDPOINT'),
    ask('PAYER_SHARE'),
    ask('PROOF_SHARE'),
    ask('MAX_URI'),
  ])
  return {
    bondToken,
    channels,
    maxEndpointBytes: Number(endpoint),
    maxUriBytes: Number(uri),
    payerShareBps: Number(payer),
    proofShareBps: Number(proof),
    unbondingDelay: Number(delay),
  }
}

export declare namespace getRegistryTerms {
  type Parameters = {
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = {
    /** The token that is bonded. */
    bondToken: Address
    /** The payment channels that receipts are about. */
    channels: Address
    /** Longest endpoint, in bytes. */
    maxEndpointBytes: number
    /** Longest manifest URI, in bytes. */
    maxUriBytes: number
    /** Part of what a proof costs that goes to the payer, in basis points. */
    payerShareBps: number
    /** What a proof costs, in basis points of bond and unbonding. */
    proofShareBps: number
    /** How long unbonding takes, and how long a replaced key answers for its receipts, in seconds. */
    unbondingDelay: number
  }
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
