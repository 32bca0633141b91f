import type { Hash, TransactionReceipt } from 'viem'
import { call, getTransaction } from 'viem/actions'
import { getAction } from 'viem/utils'

import type { AitokenError } from '../errors/AitokenError.js'
import { type ErrorSource, fromRevert } from '../errors/fromRevert.js'
import type { ReadClient } from '../internal/client.js'

/** Runs a reverted transaction again at its parent block, to learn the reason no receipt carries. */
export async function findRevertReason(
  client: ReadClient,
  parameters: findRevertReason.Parameters,
): Promise<{ gasLimit?: bigint; reason?: AitokenError | undefined }> {
  const { functionName, hash, receipt, sources } = parameters
  try {
    const { from, gas, input, to, value } = await getAction(
      client,
      getTransaction,
      'getTransaction',
    )({ hash })
    try {
      await getAction(
        client,
        call,
        'call',
      )({
        account: from,
        blockNumber: receipt.blockNumber - 1n,
        data: input,
        gas,
        to,
        value,
      })
      // It passes there: an earlier transaction of the same block is what made it fail.
      return { gasLimit: gas }
    } catch (cause) {
      return {
        gasLimit: gas,
        reason: fromRevert(cause, { abi: [], functionName, nested: sources, reverts: {} }),
      }
    }
  } catch {
    // A node that keeps no old state cannot tell; the revert itself is certain and reported all the same.
    return {}
  }
}

export declare namespace findRevertReason {
  type Parameters = {
    functionName: string
    hash: Hash
    receipt: TransactionReceipt
    sources: readonly ErrorSource[]
  }
}
