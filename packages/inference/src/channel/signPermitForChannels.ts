import { signPermit, type TokenDomain } from '@aitoken/core'
import { addressOf, splitSignature, type WriteClient } from '@aitoken/core/internal'
import type { Address } from 'viem'

import type { Permit } from './funding.js'

/**
 * Signs an ERC-2612 permit that lets the channels contract take tokens, for {@link openChannelWithPermit} and
 * {@link topUpChannelWithPermit}.
 *
 * @param client - Client whose account signs: the payer.
 * @param parameters - {@link signPermitForChannels.Parameters}
 * @returns The permit.
 * @throws `InvalidSignatureError` when the account is a contract wallet, which cannot sign it.
 * @throws `UserRejectedError` when the wallet's owner declines.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { signPermitForChannels } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) =>
 *   signPermitForChannels(client, { value: 1_000_000n })
 * ```
 */
export async function signPermitForChannels(
  client: WriteClient,
  parameters: signPermitForChannels.Parameters,
): Promise<signPermitForChannels.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels'), value, ...rest } = parameters
  const signed = await signPermit(client, { ...rest, amount: value, spender: channels })
  const { r, s, v } = splitSignature(signed.signature)
  return { deadline: signed.deadline, r, s, v, value }
}

export declare namespace signPermitForChannels {
  type Parameters = {
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Unix time until which it is valid, in seconds. @default an hour from now */
    deadline?: bigint | undefined
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
  type ErrorType = addressOf.ErrorType | signPermit.ErrorType | splitSignature.ErrorType
}
