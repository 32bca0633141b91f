import type { Address, Hex } from 'viem'
import { accountOf } from '../internal/accountOf.js'

import type { WriteClient } from '../internal/client.js'
import { inOneHour } from '../internal/deadline.js'
import { randomNonce } from '../internal/randomNonce.js'
import { sign } from '../internal/sign.js'
import type { TokenDomain } from '../permit/domain.js'
import { getDomain } from '../permit/getDomain.js'
import {
  type ReceiveAuthorizationMessage,
  toReceiveAuthorizationTypedData,
} from './toReceiveAuthorizationTypedData.js'

/**
 * Signs a transfer that only its payee may submit, so that nobody can front-run the payee (ERC-3009). It costs no gas; whoever holds the result can submit it with {@link receiveWithAuthorization}.
 *
 * @param client - Client with the account that signs.
 * @param parameters - {@link signReceiveAuthorization.Parameters}
 * @returns Everything {@link receiveWithAuthorization} takes: the message, its signature and the token.
 * @throws {@link DomainMismatchError} when the token states another contract or chain.
 * @throws {@link UserRejectedError} when the wallet's owner declines.
 *
 * @example
 * ```ts
 * import { receiveWithAuthorization, signReceiveAuthorization, type WriteClient } from '@aitoken/core'
 *
 * export async function sponsor(holder: WriteClient, relayer: WriteClient) {
 *   const signed = await signReceiveAuthorization(holder, { amount: 1_000_000n, to: relayer.account.address })
 *   return receiveWithAuthorization(relayer, signed)
 * }
 * ```
 */
export async function signReceiveAuthorization(
  client: WriteClient,
  parameters: signReceiveAuthorization.Parameters,
): Promise<signReceiveAuthorization.ReturnType> {
  const { address } = accountOf(client, 'signReceiveAuthorization')
  const { token = parameters.domain?.verifyingContract } = parameters
  const domain = parameters.domain ?? (await getDomain(client, { token }))
  const { amount, nonce = randomNonce(), to, validAfter = 0n, validBefore = inOneHour() } = parameters
  const message: ReceiveAuthorizationMessage = {
    amount,
    from: address,
    nonce,
    to,
    validAfter,
    validBefore,
  }
  const signature = await sign(client, toReceiveAuthorizationTypedData({ ...message, domain }))
  return { ...message, signature, token: domain.verifyingContract }
}

export declare namespace signReceiveAuthorization {
  type Parameters = {
    /** Amount in base units. */
    amount: bigint
    /** The token's domain, to spare reading it. @default read from the token */
    domain?: TokenDomain | undefined
    /** 32 bytes that make it unique. @default random */
    nonce?: Hex | undefined
    /** Who receives the tokens. */
    to: Address
    /** Token contract. @default the domain's, or the one deployed on the client's chain */
    token?: Address | undefined
    /** Valid after this second, since 1970. @default 0n, at once */
    validAfter?: bigint | undefined
    /** Valid before this second, since 1970. @default an hour from now */
    validBefore?: bigint | undefined
  }
  type ReturnType = ReceiveAuthorizationMessage & { signature: Hex; token: Address }
  type ErrorType = getDomain.ErrorType | sign.ErrorType
}
