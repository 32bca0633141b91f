import type { Address, Hash } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { accessSource } from '../errors/accessReverts.js'
import type { OperationNotReadyError } from '../errors/OperationNotReadyError.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { tokenReverts } from '../token/reverts.js'
import type { BridgeLimits } from './bridgeLimits.js'

/**
 * Builds the call that sets what a bridge may do, without sending it.
 *
 * @param parameters - {@link setBridgeLimits.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { setBridgeLimitsCall } from '@aitoken/core'
 *
 * const call = setBridgeLimitsCall({
 *   bridge: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   limits: {
 *     inbound: { capacity: 10n ** 24n, window: 86_400 },
 *     outbound: { capacity: 10n ** 24n, window: 86_400 },
 *   },
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function setBridgeLimitsCall(
  parameters: setBridgeLimitsCall.Parameters,
): Call<typeof aiTokenAbi, 'setBridgeLimits'> {
  const { bridge, limits, token } = parameters
  return call({ abi: aiTokenAbi, args: [bridge, limits], functionName: 'setBridgeLimits', to: token })
}

export declare namespace setBridgeLimitsCall {
  type Parameters = setBridgeLimits.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Adds, changes or removes a bridge. Only for accounts the access manager allows.
 *
 * @param client - Client with an account.
 * @param parameters - {@link setBridgeLimits.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link AccessDeniedError} when the access manager does not allow the account.
 * @throws {@link OperationNotReadyError} when the account must schedule the call first.
 * @throws {@link InvalidBridgeError} when `bridge` is the zero address.
 * @throws {@link InvalidBridgeLimitError} when a capacity lacks its window, or a window its capacity.
 *
 * @example
 * ```ts
 * import { setBridgeLimits } from '@aitoken/core'
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
 * const hash = await setBridgeLimits(client, {
 *   bridge: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   limits: {
 *     inbound: { capacity: 10n ** 24n, window: 86_400 },
 *     outbound: { capacity: 10n ** 24n, window: 86_400 },
 *   },
 * })
 * ```
 */
export async function setBridgeLimits(
  client: WriteClient,
  parameters: setBridgeLimits.Parameters,
): Promise<setBridgeLimits.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, setBridgeLimitsCall({ ...parameters, token }), tokenReverts, [accessSource])
}

export declare namespace setBridgeLimits {
  type Parameters = {
    /** The bridge. */
    bridge: Address
    /** What it may do from now on; all zero removes it. */
    limits: BridgeLimits
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | OperationNotReadyError
    | setBridgeLimitsCall.ErrorType
    | send.ErrorType<
        typeof tokenReverts,
        | 'AITokenInvalidBridge'
        | 'AITokenInvalidBridgeLimit'
        | 'AccessManagedRequiredDelay'
        | 'AccessManagedUnauthorized'
      >
}
