import { addressOf, type WriteClient } from '@aitoken/core/internal'
import type { Address } from 'viem'
import { readContract } from 'viem/actions'
import { getAction } from 'viem/utils'

import { splitSignature } from '../internal/signReceive.js'
import { signTyped } from '../internal/signTyped.js'
import { readTokenDomain, type TokenDomain } from '../internal/tokenDomain.js'
import type { Permit } from './funding.js'

const noncesAbi = [
  {
    inputs: [{ name: 'owner', type: 'address' }],
    name: 'nonces',
    outputs: [{ name: '', type: 'uint256' }],
    stateMutability: 'view',
    type: 'function',
  },
] as const

/**
 * Signs an ERC-2612 permit that lets the channels contract take tokens, for {@link openChannelWithPermit} and
 * {@link topUpChannelWithPermit}. It reads the token's domain and the account's nonce.
 *
 * @param client - Client whose account signs: the payer.
 * @param parameters - {@link signPermitForChannels.Parameters}
 * @returns The permit.
 * @throws {@link SignatureMalformedError} when the account is a contract wallet, which cannot sign it.
 * @throws {@link UserRejectedError} when the wallet's owner declines.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { signPermitForChannels } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) =>
 *   signPermitForChannels(client, { deadline: 1_900_000_000n, value: 1_000_000n })
 * ```
 */
export async function signPermitForChannels(
  client: WriteClient,
  parameters: signPermitForChannels.Parameters,
): Promise<signPermitForChannels.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels'), deadline, value } = parameters
  const { token = addressOf(client, 'aiToken') } = parameters
  const owner = client.account.address
  const [domain, nonce] = await Promise.all([
    readTokenDomain(client, token, parameters.domain),
    parameters.nonce ??
      getAction(
        client,
        readContract,
        'readContract',
      )({
        abi: noncesAbi,
        address: token,
        args: [owner],
        functionName: 'nonces',
      }),
  ])
  const signature = await signTyped(client, {
    domain,
    message: { deadline, nonce, owner, spender: channels, value },
    primaryType: 'Permit',
    types: {
      Permit: [
        { name: 'owner', type: 'address' },
        { name: 'spender', type: 'address' },
        { name: 'value', type: 'uint256' },
        { name: 'nonce', type: 'uint256' },
        { name: 'deadline', type: 'uint256' },
      ],
    },
  })
  return { ...splitSignature(signature), deadline, value }
}

export declare namespace signPermitForChannels {
  type Parameters = {
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Unix time until which it is valid, in seconds. */
    deadline: bigint
    /** The token's EIP-712 domain. @default as the token tells it (ERC-5267) */
    domain?: TokenDomain | undefined
    /** The account's permit nonce. @default as the token tells it */
    nonce?: bigint | undefined
    /** The ERC-20 token. @default AIT on the client's chain */
    token?: Address | undefined
    /** Allowance to grant, in base units. */
    value: bigint
  }
  type ReturnType = Permit
  type ErrorType = addressOf.ErrorType | signTyped.ErrorType
}
