import type { Address, Hex } from 'viem'
import { accountOf } from '../internal/accountOf.js'

import type { WriteClient } from '../internal/client.js'
import { inOneHour } from '../internal/deadline.js'
import { sign } from '../internal/sign.js'
import type { TokenDomain } from '../permit/domain.js'
import { getDomain } from '../permit/getDomain.js'
import { getNonce } from '../permit/getNonce.js'
import { type DelegationMessage, toDelegationTypedData } from './toDelegationTypedData.js'

/**
 * Signs over the account's votes, for anybody to submit (ERC-5805). It costs no gas; whoever holds the result can submit it with {@link delegateBySig}.
 *
 * @param client - Client with the account that signs.
 * @param parameters - {@link signDelegation.Parameters}
 * @returns Everything {@link delegateBySig} takes: the message, its signature and the token.
 * @throws {@link DomainMismatchError} when the token states another contract or chain.
 * @throws {@link UserRejectedError} when the wallet's owner declines.
 *
 * @example
 * ```ts
 * import { delegateBySig, signDelegation, type WriteClient } from '@aitoken/core'
 *
 * export async function sponsor(holder: WriteClient, relayer: WriteClient) {
 *   const signed = await signDelegation(holder, { delegatee: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC' })
 *   return delegateBySig(relayer, signed)
 * }
 * ```
 */
export async function signDelegation(
  client: WriteClient,
  parameters: signDelegation.Parameters,
): Promise<signDelegation.ReturnType> {
  const { address: delegator } = accountOf(client, 'signDelegation')
  const { token = parameters.domain?.verifyingContract } = parameters
  const domain = parameters.domain ?? (await getDomain(client, { token }))
  const { delegatee, expiry = inOneHour() } = parameters
  const nonce =
    parameters.nonce ?? (await getNonce(client, { owner: delegator, token: domain.verifyingContract }))
  const message: DelegationMessage = { delegatee, delegator, expiry, nonce }
  const signature = await sign(client, toDelegationTypedData({ ...message, domain }))
  return { ...message, signature, token: domain.verifyingContract }
}

export declare namespace signDelegation {
  type Parameters = {
    /** Who votes from now on. */
    delegatee: Address
    /** The token's domain, to spare reading it. @default read from the token */
    domain?: TokenDomain | undefined
    /** Last second at which it is valid, since 1970. @default an hour from now */
    expiry?: bigint | undefined
    /** The signer's next nonce. @default read from the token */
    nonce?: bigint | undefined
    /** Token contract. @default the domain's, or the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = DelegationMessage & { signature: Hex; token: Address }
  type ErrorType = getDomain.ErrorType | sign.ErrorType | getNonce.ErrorType
}
