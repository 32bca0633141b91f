import { sendCalls as sendBatch, waitForCallsStatus } from 'viem/actions'
import { getAction } from 'viem/utils'

import { CallFailedError } from '../errors/CallFailedError.js'
import { findCause } from '../errors/findCause.js'
import { isUnknownMethod } from '../errors/isUnknownMethod.js'
import { UserRejectedError } from '../errors/UserRejectedError.js'
import type { WriteClient } from '../internal/client.js'
import { BatchFailedError } from './errors.js'
import type { sendCalls } from './sendCalls.js'

/** One `wallet_sendCalls` (ERC-5792), waited for. What an unknowing wallet answers is thrown as it is. */
export async function sendToWallet(
  client: WriteClient,
  { atomic = false, calls }: sendCalls.Parameters,
): Promise<sendCalls.ReturnType> {
  const { id } = await getAction(
    client,
    sendBatch,
    'sendCalls',
  )({
    account: client.account,
    calls: calls.map(({ data, to, value }) => ({ data, to, value })),
    chain: client.chain,
    forceAtomic: atomic,
  }).catch((cause: unknown) => {
    if (isUnknownMethod(cause)) throw cause
    if (findCause(cause, isRejection)) throw new UserRejectedError({ cause, what: 'wallet_sendCalls' })
    throw new CallFailedError({ cause, functionName: 'wallet_sendCalls' })
  })
  const { receipts = [], status } = await getAction(
    client,
    waitForCallsStatus,
    'waitForCallsStatus',
  )({ id }).catch((cause: unknown) => {
    throw new CallFailedError({ cause, functionName: 'wallet_getCallsStatus' })
  })
  const included = receipts.filter((receipt) => receipt.status === 'success')
  if (status !== 'success')
    throw new BatchFailedError({
      sent: included.map(({ transactionHash }) => transactionHash),
      total: calls.length,
    })
  return { hashes: receipts.map(({ transactionHash }) => transactionHash), id, via: 'wallet' }
}

export declare namespace sendToWallet {
  type ErrorType = BatchFailedError | CallFailedError | UserRejectedError
}

function isRejection(error: object): error is object {
  return Reflect.get(error, 'name') === 'UserRejectedRequestError'
}
