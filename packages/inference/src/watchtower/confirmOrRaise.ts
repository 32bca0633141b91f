import { confirm, TransactionUnconfirmedError, type WriteClient } from '@aitoken/core'
import type { Hash, Transaction } from 'viem'
import { estimateFeesPerGas, getTransaction, sendTransaction } from 'viem/actions'
import { getAction } from 'viem/utils'

import { larger } from '../internal/compare.js'

/** How often a fee is raised before the outcome counts as unknown. */
const raises = 4

/** Who pays so many times what the network asks for waits for something else than money. */
const mostTimes = 4n

/**
 * Waits until a transaction is in a block. One that does not get there in time is sent again with its own nonce and
 * a higher fee, so that only one of the two can ever be included. It never pays more than four times what the network
 * asks for.
 *
 * @param client - Client with the account that sent it.
 * @param parameters - {@link confirmOrRaise.Parameters}
 * @returns What `confirm` returns: the receipt may be of the transaction's successor.
 * @throws What `confirm` throws; `TransactionUnconfirmedError`, with the last hash, when the outcome stays unknown.
 */
export async function confirmOrRaise(
  client: WriteClient,
  { hash: first, patience, ...parameters }: confirmOrRaise.Parameters,
): Promise<confirm.ReturnType> {
  let hash = first
  let sent = await findTransaction(client, hash)
  for (let raised = 0; ; raised++) {
    try {
      return await confirm(client, { ...parameters, hash, timeout: patience })
    } catch (error) {
      if (!(error instanceof TransactionUnconfirmedError) || raised === raises) throw error
      sent = (await findTransaction(client, hash)) ?? sent
      if (!sent || sent.blockNumber !== null) continue
      hash = (await sendAgain(client, sent)) ?? hash
    }
  }
}

/** The transaction, as a node knows it; undefined when it does not. */
async function findTransaction(client: WriteClient, hash: Hash): Promise<Transaction | undefined> {
  try {
    return await getAction(client, getTransaction, 'getTransaction')({ hash })
  } catch {
    // A node that dropped it, or does not answer: what is known from before must do.
    return undefined
  }
}

/** Sends a transaction again for more; undefined when the node refuses, as it does when the first one got through. */
async function sendAgain(client: WriteClient, sent: Transaction): Promise<Hash | undefined> {
  const { gas, input, nonce, to, value } = sent
  try {
    const current = await getAction(client, estimateFeesPerGas, 'estimateFeesPerGas')({ chain: client.chain })
    const fee = raise(sent.maxFeePerGas ?? sent.gasPrice ?? 0n, current.maxFeePerGas)
    if (fee > current.maxFeePerGas * mostTimes) return undefined
    const tip = raise(sent.maxPriorityFeePerGas ?? 0n, current.maxPriorityFeePerGas)
    return await getAction(
      client,
      sendTransaction,
      'sendTransaction',
    )({
      account: client.account,
      chain: client.chain,
      data: input,
      gas,
      maxFeePerGas: larger(fee, tip),
      maxPriorityFeePerGas: tip,
      nonce,
      to,
      value,
    })
  } catch {
    // The next wait tells: the first one is asked for again, and its successor would be recognised.
    return undefined
  }
}

/** A quarter more, which is more than nodes ask for, or what others pay now. */
function raise(paid: bigint, current: bigint): bigint {
  return larger(paid + paid / 4n + 1n, current)
}

export declare namespace confirmOrRaise {
  type Parameters = Pick<confirm.Parameters, 'call' | 'reverts'> & {
    /** The transaction. */
    hash: Hash
    /** Milliseconds to wait before its fee is raised. */
    patience: number
  }
  type ErrorType = confirm.ErrorType
}
