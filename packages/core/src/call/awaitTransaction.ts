import { type Hash, isHash, type TransactionReceipt } from 'viem'
import { waitForTransactionReceipt } from 'viem/actions'
import { getAction } from 'viem/utils'

import type { ErrorSource } from '../errors/fromRevert.js'
import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import type { ReadClient } from '../internal/client.js'
import { TransactionReplacedError, TransactionRevertedError, TransactionUnconfirmedError } from './errors.js'
import { findRevertReason } from './findRevertReason.js'

/**
 * Waits until a transaction is in a block. It knows no contract but those it is given, so that whoever reads no
 * events of the token does not load the token's ABI.
 */
export async function awaitTransaction(
  client: ReadClient,
  parameters: awaitTransaction.Parameters,
): Promise<TransactionReceipt> {
  const { confirmations = 1, functionName = 'the call', hash, sources, timeout = 180_000 } = parameters
  if (!isHash(hash))
    throw new InvalidArgumentError({ expected: '32 bytes of hexadecimal', field: 'hash', value: hash })
  let replaced: 'cancelled' | 'replaced' | 'repriced' | undefined
  const receipt = await getAction(
    client,
    waitForTransactionReceipt,
    'waitForTransactionReceipt',
  )({
    confirmations,
    hash,
    onReplaced: ({ reason }) => {
      replaced = reason
    },
    timeout,
  }).catch((cause: unknown) => {
    throw new TransactionUnconfirmedError({ cause, hash })
  })
  // A repriced transaction is the same call with another fee.
  if (replaced && replaced !== 'repriced')
    throw new TransactionReplacedError({ hash, replacement: receipt.transactionHash })
  if (receipt.status === 'reverted')
    throw new TransactionRevertedError({
      ...(await findRevertReason(client, { functionName, hash, receipt, sources })),
      receipt,
    })
  return receipt
}

export declare namespace awaitTransaction {
  type Parameters = {
    confirmations?: number | undefined
    functionName?: string | undefined
    hash: Hash
    /** Contracts whose errors may surface, the called one first. */
    sources: readonly ErrorSource[]
    timeout?: number | undefined
  }
  type ErrorType =
    | InvalidArgumentError
    | TransactionReplacedError
    | TransactionRevertedError
    | TransactionUnconfirmedError
}
