import type { Address, Hash, Hex } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { splitSignature } from '../internal/splitSignature.js'
import { tokenReverts } from '../token/reverts.js'

/**
 * Builds the call that sets an allowance by signature, without sending it.
 *
 * @param parameters - {@link permit.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 * @throws {@link InvalidSignatureError} when the signature is malformed.
 *
 * @example
 * ```ts
 * import { permitCall } from '@aitoken/core'
 *
 * const call = permitCall({
 *   amount: 12_500_000_000_000_000_000n,
 *   deadline: 1_900_000_000n,
 *   owner: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   signature: `0x${'00'.repeat(65)}`,
 *   spender: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function permitCall(parameters: permitCall.Parameters): Call<typeof aiTokenAbi, 'permit'> {
  const { amount, deadline, owner, signature, spender, token } = parameters
  const { r, s, v } = splitSignature(signature)
  return call({
    abi: aiTokenAbi,
    args: [owner, spender, amount, deadline, v, r, s],
    functionName: 'permit',
    to: token,
  })
}

export declare namespace permitCall {
  type Parameters = permit.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType | splitSignature.ErrorType
}

/**
 * Sets an allowance by its owner's signature (ERC-2612); anybody may submit it. See {@link signPermit}.
 *
 * @param client - Client with an account.
 * @param parameters - {@link permit.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link SignatureExpiredError} when the deadline has passed.
 * @throws {@link SignerMismatchError} when someone else signed, or other fields, another chain or token.
 * @throws {@link InvalidSignatureError} when the signature is malformed or over other fields.
 *
 * @example
 * ```ts
 * import { permit } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { privateKeyToAccount } from 'viem/accounts'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({
 *   account: privateKeyToAccount(process.env['PRIVATE_KEY'] as `0x${string}`),
 *   chain: base,
 *   transport: http(),
 * })
 *
 * const hash = await permit(client, {
 *   amount: 12_500_000_000_000_000_000n,
 *   deadline: 1_900_000_000n,
 *   owner: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   signature: `0x${'00'.repeat(65)}`,
 *   spender: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
 * })
 * ```
 */
export async function permit(client: WriteClient, parameters: permit.Parameters): Promise<permit.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, permitCall({ ...parameters, token }), tokenReverts)
}

export declare namespace permit {
  type Parameters = {
    /** The allowance, in base units. */
    amount: bigint
    /** Last second at which the signature is valid, since 1970. */
    deadline: bigint
    /** Who signed. */
    owner: Address
    /** The 65-byte signature, or its 64-byte compact form (ERC-2098). */
    signature: Hex
    /** Who may spend. */
    spender: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | permitCall.ErrorType
    | send.ErrorType<
        typeof tokenReverts,
        'ECDSAInvalidSignature' | 'ERC20InvalidSpender' | 'ERC2612ExpiredSignature' | 'ERC2612InvalidSigner'
      >
}
