import { addressOf, type WriteClient } from '@aitoken/core/internal'
import { type Address, type Hex, parseSignature as split } from 'viem'

import type { Authorization } from '../channel/funding.js'
import { parseSignature } from '../signature/parseSignature.js'
import { signTyped } from './signTyped.js'
import { readTokenDomain, type TokenDomain } from './tokenDomain.js'

/** What every authorization for the channels contract is signed with. */
export type AuthorizationParameters = {
  /** Contract that holds the channels. @default the one deployed on the client's chain */
  channels?: Address | undefined
  /** The token's EIP-712 domain. @default as the token tells it (ERC-5267) */
  domain?: TokenDomain | undefined
  /** Unix time after which it is valid, in seconds. @default 0n */
  validAfter?: bigint | undefined
  /** Unix time before which it is valid, in seconds. */
  validBefore: bigint
}

/** Signs an ERC-3009 `ReceiveWithAuthorization` to the channels contract. */
export async function signReceive(
  client: WriteClient,
  parameters: AuthorizationParameters & { nonce: Hex; token: Address; value: bigint },
): Promise<Authorization> {
  const { channels = addressOf(client, 'paymentChannels'), nonce, token, value } = parameters
  const { validAfter = 0n, validBefore } = parameters
  const signature = await signTyped(client, {
    domain: await readTokenDomain(client, token, parameters.domain),
    message: { from: client.account.address, nonce, to: channels, validAfter, validBefore, value },
    primaryType: 'ReceiveWithAuthorization',
    types: {
      ReceiveWithAuthorization: [
        { name: 'from', type: 'address' },
        { name: 'to', type: 'address' },
        { name: 'value', type: 'uint256' },
        { name: 'validAfter', type: 'uint256' },
        { name: 'validBefore', type: 'uint256' },
        { name: 'nonce', type: 'bytes32' },
      ],
    },
  })
  return { ...splitSignature(signature), validAfter, validBefore }
}

/** Splits a signature for contracts that take it in three parts. */
export function splitSignature(signature: Hex): { r: Hex; s: Hex; v: number } {
  parseSignature(signature) // contract wallets cannot sign these: their signatures are refused here
  const { r, s, yParity } = split(signature)
  return { r, s, v: 27 + yParity }
}
