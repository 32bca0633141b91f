import type { Hash, Hex } from 'viem'

import { CallFailedError } from '../errors/CallFailedError.js'
import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import { toCallError } from '../errors/toCallError.js'
import type { WriteClient } from '../internal/client.js'
import { tokenSource } from '../token/reverts.js'
import { BatchFailedError } from './errors.js'
import type { sendCalls } from './sendCalls.js'

/** The actions of an ERC-4337 client (viem's bundler client, permissionless's), which this package does not ship. */
type Bundler = {
  sendUserOperation: (parameters: {
    account: unknown
    calls: readonly { data: Hex; to: Hex; value: bigint }[]
  }) => Promise<Hash>
  waitForUserOperationReceipt: (parameters: {
    hash: Hash
  }) => Promise<{ receipt: { transactionHash: Hash }; success: boolean }>
}

/** One user operation (ERC-4337), waited for: all calls happen, or none. */
export async function sendToSmartAccount(
  client: WriteClient,
  { calls, contracts = [] }: sendCalls.Parameters,
): Promise<sendCalls.ReturnType> {
  if (!isBundler(client))
    throw new InvalidArgumentError({
      expected: 'a bundler client (`createBundlerClient`) for a smart account',
      field: 'client',
      value: 'a client without `sendUserOperation`',
    })
  const { address } = client.account
  const id = await client
    .sendUserOperation({
      account: client.account,
      calls: calls.map(({ data, to, value }) => ({ data, to, value })),
    })
    .catch((cause: unknown) => {
      throw toCallError(cause, {
        abi: [],
        account: address,
        address,
        functionName: 'sendUserOperation',
        nested: [tokenSource(), ...contracts, ...calls.map(({ abi }) => ({ abi, reverts: {} }))],
        reverts: {},
      })
    })
  const { receipt, success } = await client
    .waitForUserOperationReceipt({ hash: id })
    .catch((cause: unknown) => {
      throw new CallFailedError({ cause, functionName: 'waitForUserOperationReceipt' })
    })
  if (!success) throw new BatchFailedError({ sent: [], total: calls.length })
  return { hashes: [receipt.transactionHash], id, via: 'userOperation' }
}

export declare namespace sendToSmartAccount {
  type ErrorType = BatchFailedError | InvalidArgumentError | toCallError.ErrorType
}

function isBundler(client: object): client is Bundler {
  return 'sendUserOperation' in client && 'waitForUserOperationReceipt' in client
}
