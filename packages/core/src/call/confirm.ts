import type { Abi } from 'abitype'
import {
  type Address,
  type Hash,
  isAddressEqual,
  type ParseEventLogsReturnType,
  parseEventLogs,
  type TransactionReceipt,
} from 'viem'

import { accessSource } from '../errors/accessReverts.js'
import type { AnyReverts, ErrorSource } from '../errors/fromRevert.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { tokenSource } from '../token/reverts.js'
import { awaitTransaction } from './awaitTransaction.js'
import type { Call } from './call.js'

/**
 * Waits until a transaction is in a block, and decodes the events it emitted: the token's, or those of the call or
 * ABI that is given. The token's errors are recognised in the reason of a revert, whatever was called.
 *
 * @param client - Client of the transaction's chain.
 * @param parameters - {@link confirm.Parameters}
 * @returns The receipt, and the decoded events.
 * @throws {@link InvalidArgumentError} when `hash` is not 32 bytes of hexadecimal.
 * @throws {@link TransactionRevertedError} when it was included but reverted; `reason` is the typed error.
 * @throws {@link TransactionReplacedError} when another transaction took its place.
 * @throws {@link TransactionUnconfirmedError} when no receipt could be had.
 *
 * @example
 * ```ts
 * import { confirm, send, transferCall, type WriteClient } from '@aitoken/core'
 *
 * export async function pay(client: WriteClient) {
 *   const call = transferCall({
 *     amount: 1_000_000n,
 *     to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *     token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *   })
 *   const { events, receipt } = await confirm(client, { call, hash: await send(client, call) })
 *   return { events, gasUsed: receipt.gasUsed }
 * }
 * ```
 */
export async function confirm<const abi extends Abi = typeof aiTokenAbi>(
  client: ReadClient,
  parameters: confirm.Parameters<abi>,
): Promise<confirm.ReturnType<abi>> {
  const { call, nested = [], reverts = {} } = parameters
  // Without either, the type is its default: the token's.
  const abi = (parameters.abi ?? call?.abi ?? aiTokenAbi) as abi
  const address = parameters.address ?? call?.to
  const receipt = await awaitTransaction(client, {
    ...parameters,
    functionName: call?.functionName,
    sources: [{ abi, reverts }, ...nested, tokenSource(), accessSource],
  })

  const logs = address ? receipt.logs.filter((log) => isAddressEqual(log.address, address)) : receipt.logs
  return { events: parseEventLogs({ abi, logs }), receipt }
}

export declare namespace confirm {
  type Parameters<abi extends Abi = Abi> = {
    /** ABI to decode events by. @default the call's, or the token's */
    abi?: abi | undefined
    /** Take events of this contract only. @default the call's contract, or every contract */
    address?: Address | undefined
    /** The call that was sent: its ABI decodes the events and the reason of a revert. */
    call?: Call<abi> | undefined
    /** Blocks to wait for, counting the one that includes it. @default 1 */
    confirmations?: number | undefined
    /** The transaction. */
    hash: Hash
    /** Contracts besides the token whose errors may surface. */
    nested?: readonly ErrorSource[] | undefined
    /** Classes of the errors of the contract that was called, where it is not the token. */
    reverts?: AnyReverts | undefined
    /** Milliseconds to wait at most. @default 180_000 */
    timeout?: number | undefined
  }
  type ReturnType<abi extends Abi = Abi> = {
    /** Events of the contract, decoded, in order. */
    events: ParseEventLogsReturnType<abi, undefined, true>
    /** The receipt. */
    receipt: TransactionReceipt
  }
  type ErrorType = awaitTransaction.ErrorType
}
