import type { TokenDomain } from '@aitoken/core'
import { addressOf, signReceiveAuthorization, splitSignature, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hex } from 'viem'

import type { Authorization } from '../channel/funding.js'

/** What every authorization for the channels contract is signed with. */
export type AuthorizationParameters = {
  /** Contract that holds the channels. @default the one deployed on the client's chain */
  channels?: Address | undefined
  /** The token's EIP-712 domain. @default as the token tells it (ERC-5267) */
  domain?: TokenDomain | undefined
  /** Unix time after which it is valid, in seconds. @default 0n, at once */
  validAfter?: bigint | undefined
  /** Unix time before which it is valid, in seconds. @default an hour from now */
  validBefore?: bigint | undefined
}

/** Signs an ERC-3009 authorization that only the channels contract can use. */
export async function signReceive(
  client: WriteClient,
  parameters: AuthorizationParameters & { nonce: Hex; token: Address; value: bigint },
): Promise<Authorization> {
  const { channels = addressOf(client, 'paymentChannels'), value, ...rest } = parameters
  const signed = await signReceiveAuthorization(client, { ...rest, amount: value, to: channels })
  const { r, s, v } = splitSignature(signed.signature)
  return { r, s, v, validAfter: signed.validAfter, validBefore: signed.validBefore }
}

export declare namespace signReceive {
  type ErrorType = addressOf.ErrorType | signReceiveAuthorization.ErrorType | splitSignature.ErrorType
}
