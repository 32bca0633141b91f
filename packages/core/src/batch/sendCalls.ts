import type { Hash, Hex } from 'viem'

import type { Call } from '../call/call.js'
import type { AccountMissingError } from '../errors/AccountMissingError.js'
import type { ErrorSource } from '../errors/fromRevert.js'
import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import { isUnknownMethod } from '../errors/isUnknownMethod.js'
import { accountOf } from '../internal/accountOf.js'
import type { WriteClient } from '../internal/client.js'
import { AtomicityUnsupportedError, type BatchFailedError } from './errors.js'
import { sendInOrder } from './sendInOrder.js'
import { sendToSmartAccount } from './sendToSmartAccount.js'
import { sendToWallet } from './sendToWallet.js'

/**
 * Sends calls as one batch where the account can, one after another where it cannot, and waits until they
 * are included: a smart account gets one user operation, a wallet that speaks ERC-5792 one
 * `wallet_sendCalls`, any other account a transaction for each call, stopping at the first that fails.
 *
 * @param client - Client with an account.
 * @param parameters - {@link sendCalls.Parameters}
 * @returns Which way they went, and the transactions.
 * @throws {@link BatchFailedError} when a call fails; it says which, and what was included before.
 * @throws {@link AtomicityUnsupportedError} when `atomic` is asked of an account that cannot.
 * @throws {@link AccountMissingError} when the client has no account.
 * @throws {@link UserRejectedError} when the wallet's owner declines the batch.
 *
 * @example
 * ```ts
 * import { approveCall, sendCalls, transferCall, type WriteClient } from '@aitoken/core'
 *
 * export async function fund(client: WriteClient) {
 *   const token = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
 *   const { hashes, via } = await sendCalls(client, {
 *     calls: [
 *       approveCall({ amount: 5n, spender: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', token }),
 *       transferCall({ amount: 7n, to: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC', token }),
 *     ],
 *   })
 *   return { hashes, via }
 * }
 * ```
 */
export async function sendCalls(
  client: WriteClient,
  parameters: sendCalls.Parameters,
): Promise<sendCalls.ReturnType> {
  const { atomic = false, calls } = parameters
  if (calls.length === 0)
    throw new InvalidArgumentError({ expected: 'at least one call', field: 'calls', value: '[]' })
  const { type } = accountOf(client, 'sendCalls')
  if (type === 'smart') return sendToSmartAccount(client, parameters)
  // A key on this machine signs transactions; only a wallet, or a client that stands for one, takes batches.
  if (type === 'json-rpc' || 'sendCalls' in client)
    try {
      return await sendToWallet(client, parameters)
    } catch (cause) {
      if (!isUnknownMethod(cause)) throw cause
      if (atomic && calls.length > 1) throw new AtomicityUnsupportedError({ cause })
    }
  if (atomic && calls.length > 1) throw new AtomicityUnsupportedError({})
  return sendInOrder(client, parameters)
}

export declare namespace sendCalls {
  type Parameters = {
    /** Whether all calls must happen, or none. @default false */
    atomic?: boolean | undefined
    /** The calls, in order. */
    calls: readonly Call[]
    /** Contracts besides the token whose errors are to be recognised. */
    contracts?: readonly ErrorSource[] | undefined
  }
  type ReturnType = {
    /** Transactions that included the calls: one for a batch, one a call otherwise. */
    hashes: readonly Hash[]
    /** What the wallet, or the bundler, calls the batch. */
    id?: Hex | string | undefined
    /** Which way they went. */
    via: 'transactions' | 'userOperation' | 'wallet'
  }
  type ErrorType =
    | AccountMissingError
    | AtomicityUnsupportedError
    | BatchFailedError
    | InvalidArgumentError
    | sendToWallet.ErrorType
    | sendToSmartAccount.ErrorType
}
