import {
  type Address,
  createClient,
  custom,
  type EIP1193RequestFn,
  type Hash,
  type Hex,
  numberToHex,
} from 'viem'
import { anvil } from 'viem/chains'
import { expect, test } from 'vitest'
import { alice, bob, carol, client, deployment, isolate } from '~test/anvil.js'

import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import { UserRejectedError } from '../errors/UserRejectedError.js'
import { approveCall } from '../token/approve.js'
import { InsufficientBalanceError } from '../token/errors.js'
import { getBalance } from '../token/getBalance.js'
import { transferCall } from '../token/transfer.js'
import { transferFromCall } from '../token/transferFrom.js'
import { AtomicityUnsupportedError, BatchFailedError } from './errors.js'
import { sendCalls } from './sendCalls.js'

const token = deployment.aiToken
const parameters = { chain: anvil, pollingInterval: 20 }
const node: EIP1193RequestFn = client.request
const calls = [
  transferCall({ amount: 5n, to: bob.address, token }),
  transferCall({ amount: 7n, to: carol.address, token }),
]

isolate()

/** A key on this machine, without a wallet. */
const signer = createClient({ ...parameters, account: alice, transport: custom({ request: node }) })

/** An account of the node's, which knows no batches. */
const plain = createClient({ ...parameters, account: alice.address, transport: custom({ request: node }) })

/** A wallet that makes the calls of a batch one by one, and answers for them as one. */
function wallet(answer: { reject?: number; status?: number } = {}) {
  const hashes: string[] = []
  return createClient({
    ...parameters,
    account: alice.address,
    transport: custom({
      request: async (request) => {
        const { method, params } = request
        if (method === 'wallet_sendCalls') {
          if (answer.reject) throw Object.assign(new Error('declined'), { code: answer.reject })
          for (const { data, to } of params[0].calls)
            hashes.push(
              await node({
                method: 'eth_sendTransaction',
                params: [{ data, from: alice.address, to }],
              }),
            )
          return { id: '0x1234' }
        }
        if (method !== 'wallet_getCallsStatus') return node(request)
        const receipts = await Promise.all(
          hashes.map((hash) => node({ method: 'eth_getTransactionReceipt', params: [hash] })),
        )
        return {
          atomic: false,
          chainId: numberToHex(31337),
          id: '0x1234',
          receipts,
          status: answer.status ?? 200,
          version: '2.0.0',
        }
      },
    }),
  })
}

/** A client of a smart account, whose bundler makes the last call of an operation for all of them. */
function smartAccount(success: boolean) {
  const operations: unknown[] = []
  let transactionHash: Hash
  const account = { ...alice, type: 'smart' } as const
  const bundler = {
    sendUserOperation: async ({ calls }: { calls: readonly { data: Hex; to: Address; value: bigint }[] }) => {
      operations.push(calls)
      for (const { data, to } of calls)
        transactionHash = await node({
          method: 'eth_sendTransaction',
          params: [{ data, from: alice.address, to }],
        })
      return `0x${'77'.repeat(32)}`
    },
    waitForUserOperationReceipt: async () => ({ receipt: { transactionHash }, success }),
  }
  return {
    client: Object.assign(
      signer.extend(() => bundler),
      { account },
    ),
    operations,
  }
}

test('default', async () => {
  const { hashes, via } = await sendCalls(signer, { calls })

  expect(via).toBe('transactions')
  expect(hashes).toHaveLength(2)
  expect(await getBalance(client, { account: bob.address, token })).toBe(5n)
  expect(await getBalance(client, { account: carol.address, token })).toBe(7n)
})

test('behavior: a later call may need what an earlier one did', async () => {
  const { hashes } = await sendCalls(signer, {
    calls: [
      approveCall({ amount: 5n, spender: alice.address, token }),
      transferFromCall({ amount: 5n, from: alice.address, to: bob.address, token }),
    ],
  })
  expect(hashes).toHaveLength(2)
})

test('behavior: an account of a node without batches sends one after another', async () => {
  expect(await sendCalls(plain, { calls })).toMatchObject({ via: 'transactions' })
})

test('behavior: a wallet gets one batch', async () => {
  const sent = await sendCalls(wallet(), { calls })

  expect(sent).toMatchObject({ id: '0x1234', via: 'wallet' })
  expect(sent.hashes).toHaveLength(2)
  expect(await getBalance(client, { account: carol.address, token })).toBe(7n)
})

test('behavior: a client that answers for itself is asked', async () => {
  const hash = (await sendCalls(signer, { calls: calls.slice(0, 1) })).hashes[0]
  const custom = signer.extend(() => ({
    sendCalls: async () => ({ id: '0x99' }),
    waitForCallsStatus: async () => ({
      receipts: [{ status: 'success', transactionHash: hash }],
      status: 'success',
    }),
  }))
  expect(await sendCalls(custom, { atomic: true, calls })).toEqual({
    hashes: [hash],
    id: '0x99',
    via: 'wallet',
  })
})

test('behavior: a smart account gets one user operation', async () => {
  const { client: smart, operations } = smartAccount(true)
  const { hashes, id, via } = await sendCalls(smart, { atomic: true, calls })

  expect({ id, via }).toEqual({ id: `0x${'77'.repeat(32)}`, via: 'userOperation' })
  expect(hashes).toHaveLength(1)
  expect(operations).toEqual([calls.map(({ data, to, value }) => ({ data, to, value }))])
  await expect(sendCalls(smartAccount(false).client, { calls })).rejects.toBeInstanceOf(BatchFailedError)
})

test('error: InvalidArgumentError, a smart account without a bundler', async () => {
  const { sendUserOperation: _, ...client } = smartAccount(true).client
  await expect(sendCalls(client, { calls })).rejects.toBeInstanceOf(InvalidArgumentError)
})

test('error: BatchFailedError', async () => {
  await sendCalls(signer, { calls: calls.slice(0, 1) })
  const holder = createClient({ ...parameters, account: bob, transport: custom({ request: node }) })
  const sent = sendCalls(holder, {
    calls: [
      transferCall({ amount: 2n, to: carol.address, token }),
      transferCall({ amount: 4n, to: carol.address, token }),
      transferCall({ amount: 1n, to: carol.address, token }),
    ],
  })

  await expect(sent).rejects.toBeInstanceOf(BatchFailedError)
  await expect(sent).rejects.toMatchObject({ index: 1, sent: [expect.any(String)] })
  const cause = await sent.then(undefined, (error: Error) => error.cause)
  expect(cause).toBeInstanceOf(InsufficientBalanceError)
  expect(cause).toMatchObject({ balance: 3n, needed: 4n })
  expect(await getBalance(client, { account: carol.address, token })).toBe(2n)
})

test('error: BatchFailedError, in a wallet', async () => {
  await expect(sendCalls(wallet({ status: 500 }), { calls })).rejects.toMatchObject({
    index: undefined,
    name: 'BatchFailedError',
  })
})

test('error: AtomicityUnsupportedError', async () => {
  for (const account of [signer, plain])
    await expect(sendCalls(account, { atomic: true, calls })).rejects.toBeInstanceOf(
      AtomicityUnsupportedError,
    )
  expect(await sendCalls(signer, { atomic: true, calls: calls.slice(0, 1) })).toMatchObject({
    via: 'transactions',
  })
})

test('error: UserRejectedError', async () => {
  await expect(sendCalls(wallet({ reject: 4001 }), { calls })).rejects.toBeInstanceOf(UserRejectedError)
})

test('error: InvalidArgumentError', async () => {
  await expect(sendCalls(signer, { calls: [] })).rejects.toBeInstanceOf(InvalidArgumentError)
})
