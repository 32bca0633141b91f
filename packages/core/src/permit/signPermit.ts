import type { Address, Hex } from 'viem'
import { accountOf } from '../internal/accountOf.js'

import type { WriteClient } from '../internal/client.js'
import { inOneHour } from '../internal/deadline.js'
import { sign } from '../internal/sign.js'
import type { TokenDomain } from './domain.js'
import { getDomain } from './getDomain.js'
import { getNonce } from './getNonce.js'
import { type PermitMessage, toPermitTypedData } from './toPermitTypedData.js'

/**
 * Signs an allowance, for the spender or anybody else to submit (ERC-2612). It costs no gas; whoever holds the result can submit it with {@link permit}.
 *
 * @param client - Client with the account that signs.
 * @param parameters - {@link signPermit.Parameters}
 * @returns Everything {@link permit} takes: the message, its signature and the token.
 * @throws {@link DomainMismatchError} when the token states another contract or chain.
 * @throws {@link UserRejectedError} when the wallet's owner declines.
 *
 * @example
 * ```ts
 * import { permit, signPermit, type WriteClient } from '@aitoken/core'
 *
 * export async function sponsor(holder: WriteClient, relayer: WriteClient) {
 *   const signed = await signPermit(holder, { amount: 1_000_000n, spender: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC' })
 *   return permit(relayer, signed)
 * }
 * ```
 */
export async function signPermit(
  client: WriteClient,
  parameters: signPermit.Parameters,
): Promise<signPermit.ReturnType> {
  const { address: owner } = accountOf(client, 'signPermit')
  const { token = parameters.domain?.verifyingContract } = parameters
  const domain = parameters.domain ?? (await getDomain(client, { token }))
  const { amount, deadline = inOneHour(), spender } = parameters
  const nonce = parameters.nonce ?? (await getNonce(client, { owner, token: domain.verifyingContract }))
  const message: PermitMessage = { amount, deadline, nonce, owner, spender }
  const signature = await sign(client, toPermitTypedData({ ...message, domain }))
  return { ...message, signature, token: domain.verifyingContract }
}

export declare namespace signPermit {
  type Parameters = {
    /** The allowance, in base units. */
    amount: bigint
    /** Last second at which it is valid, since 1970. @default an hour from now */
    deadline?: bigint | undefined
    /** The token's domain, to spare reading it. @default read from the token */
    domain?: TokenDomain | undefined
    /** The signer's next nonce. @default read from the token */
    nonce?: bigint | undefined
    /** Who may spend it. */
    spender: Address
    /** Token contract. @default the domain's, or the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = PermitMessage & { signature: Hex; token: Address }
  type ErrorType = getDomain.ErrorType | sign.ErrorType | getNonce.ErrorType
}
