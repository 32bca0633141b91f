import type { Abi } from 'abitype'
import type { ContractFunctionName, Hash } from 'viem'
import { type WriteContractParameters, writeContract } from 'viem/actions'
import { getAction } from 'viem/utils'

import type { AccountMissingError } from '../errors/AccountMissingError.js'
import type { ContractMissingError } from '../errors/ContractMissingError.js'
import type { AnyReverts, ErrorSource, Reverts } from '../errors/fromRevert.js'
import { toCallError } from '../errors/toCallError.js'
import { accountOf } from '../internal/accountOf.js'
import type { WriteClient } from '../internal/client.js'
import type { Call, Mutability } from './call.js'
import { prepareRequest } from './prepareRequest.js'
import { requireCode } from './requireCode.js'

/**
 * Sends a call from the client's account, and turns its reverts into typed errors.
 * A client that answers `writeContract` itself (a smart account's, wagmi's) is asked before viem. A local account
 * gives the transaction spare gas, since an estimate can fall short where votes are counted by the second.
 *
 * @param client - Client with an account.
 * @param call - What to send.
 * @param reverts - Classes of the contract's errors. @default none, so that every revert is a {@link ContractRevertError}
 * @param nested - Contracts that the called one calls, whose errors may surface.
 * @returns Hash of the submitted transaction.
 * @throws {@link AccountMissingError} when the client has no account.
 * @throws {@link ContractMissingError} when there is no code at the call's address, asked once of each address.
 * @throws {@link ContractRevertError} when the contract refuses for a reason without a class.
 * @throws {@link InsufficientFundsError} when the account cannot pay the gas.
 * @throws {@link UserRejectedError} when the wallet's owner declines.
 * @throws {@link CallFailedError} when the node or the wallet fails.
 *
 * @example
 * ```ts
 * import { send, transferCall } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { privateKeyToAccount } from 'viem/accounts'
 * import { mainnet } from 'viem/chains'
 *
 * const client = createClient({
 *   account: privateKeyToAccount(process.env['PRIVATE_KEY'] as `0x${string}`),
 *   chain: mainnet,
 *   transport: http(),
 * })
 *
 * const hash = await send(
 *   client,
 *   transferCall({
 *     amount: 1_000_000n,
 *     to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *     token: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
 *   }),
 * )
 * ```
 */
export async function send<abi extends Abi, functionName extends ContractFunctionName<abi, Mutability>>(
  client: WriteClient,
  call: Call<abi, functionName>,
  reverts: Reverts<abi> = {},
  nested: readonly ErrorSource[] = [],
): Promise<Hash> {
  const { abi, args, functionName, to, value } = call
  const account = accountOf(client, functionName)
  try {
    const [request] = await Promise.all([
      prepareRequest(client, call),
      requireCode(client, { address: to, functionName }),
    ])
    return await getAction(
      client,
      writeContract,
      'writeContract',
    )({
      ...request,
      abi,
      account,
      address: to,
      args,
      chain: client.chain,
      functionName,
      ...(value > 0n ? { value } : {}),
      // A Call's arguments fit its function by construction; viem's type recomputes that from scratch.
    } as WriteContractParameters)
  } catch (cause) {
    throw toCallError(cause, {
      abi,
      account: account.address,
      address: to,
      functionName,
      nested,
      reverts,
    })
  }
}

export declare namespace send {
  /** What a call can fail with: always the same few, and the classes of the named errors of its contract. */
  type ErrorType<reverts extends AnyReverts, names extends keyof reverts = keyof reverts> =
    | AccountMissingError
    | ContractMissingError
    | toCallError.ErrorType
    | ReturnType<NonNullable<reverts[names]>>
}
