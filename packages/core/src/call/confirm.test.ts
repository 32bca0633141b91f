import { createClient, custom, maxUint256, parseGwei } from 'viem'
import { anvil } from 'viem/chains'
import { expect, expectTypeOf, test } from 'vitest'
import { alice, bob, carol, client, deployment, isolate } from '~test/anvil.js'

import { coreActions } from '../client/coreActions.js'
import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import { tokenReverts } from '../token/reverts.js'
import { transfer, transferCall } from '../token/transfer.js'
import { confirm } from './confirm.js'
import { TransactionReplacedError, TransactionRevertedError, TransactionUnconfirmedError } from './errors.js'

const token = deployment.aiToken

isolate()

test('default', async () => {
  const call = transferCall({ amount: 5n, to: bob.address, token })
  const hash = await transfer(client, { amount: 5n, to: bob.address, token })

  const { events, receipt } = await confirm(client, { call, hash })
  expect(receipt.status).toBe('success')
  expect(events).toMatchObject([{ args: { to: bob.address, value: 5n }, eventName: 'Transfer' }])
})

test('behavior: events of other contracts are left out', async () => {
  const hash = await transfer(client, { amount: 5n, to: bob.address, token })
  const call = { ...transferCall({ amount: 5n, to: bob.address, token }), to: carol.address }

  expect((await confirm(client, { call, hash })).events).toEqual([])
  expect((await confirm(client, { abi: call.abi, hash })).events).toHaveLength(1)
})

test('behavior: events of the token are decoded without its ABI', async () => {
  const hash = await transfer(client, { amount: 5n, to: bob.address, token })
  const { events } = await confirm(client, { hash })

  const [event] = events
  expectTypeOf(event?.eventName).extract<'Transfer'>().toEqualTypeOf<'Transfer'>()
  expect(events).toMatchObject([
    {
      address: token.toLowerCase(),
      args: { from: alice.address, to: bob.address, value: 5n },
      eventName: 'Transfer',
    },
  ])
})

test('behavior: reasons of the token are typed without its errors, with the call and with the hash alone', async () => {
  const call = transferCall({ amount: maxUint256, to: bob.address, token })
  const hash = await client.sendTransaction({ data: call.data, gas: 100_000n, to: token })

  const reason = { account: alice.address, name: 'InsufficientBalanceError', needed: maxUint256 }
  await expect(confirm(client, { call, hash })).rejects.toMatchObject({ reason })
  await expect(confirm(client, { hash })).rejects.toMatchObject({ reason })
  await expect(client.extend(coreActions()).ait.confirm({ hash })).rejects.toMatchObject({ reason })
})

test('error: TransactionRevertedError', async () => {
  const call = transferCall({ amount: maxUint256, to: bob.address, token })
  // With the gas given nothing is estimated, so the node accepts what will revert.
  const hash = await client.sendTransaction({ data: call.data, gas: 100_000n, to: token })

  const confirmed = confirm(client, { call, hash, reverts: tokenReverts })
  await expect(confirmed).rejects.toBeInstanceOf(TransactionRevertedError)
  await expect(confirmed).rejects.toMatchObject({
    hash,
    reason: { name: 'InsufficientBalanceError', needed: maxUint256 },
  })
})

test('error: TransactionRevertedError, out of gas', async () => {
  const call = transferCall({ amount: 5n, to: bob.address, token })
  const hash = await client.sendTransaction({ data: call.data, gas: 30_000n, to: token })

  await expect(confirm(client, { call, hash })).rejects.toMatchObject({
    hints: [expect.stringContaining('30000 gas')],
    name: 'TransactionRevertedError',
  })
})

test('error: TransactionReplacedError', async () => {
  await client.setAutomine(false)
  try {
    const nonce = await client.getTransactionCount({ address: client.account.address })
    const request = { gas: 60_000n, maxPriorityFeePerGas: parseGwei('1'), nonce } as const
    const hash = await client.sendTransaction({
      ...request,
      maxFeePerGas: parseGwei('2'),
      to: bob.address,
      value: 1n,
    })
    // A replacement is noticed by whoever saw the transaction before it was gone.
    let resolve: () => void
    const seen = new Promise<void>((done) => {
      resolve = done
    })
    const observed = createClient({
      chain: anvil,
      pollingInterval: 20,
      transport: custom({
        request: async (request) => {
          const answer: unknown = await client.request(request)
          if (request.method === 'eth_getTransactionByHash') resolve()
          return answer
        },
      }),
    })
    const refused = expect(confirm(observed, { hash })).rejects.toBeInstanceOf(TransactionReplacedError)
    await seen
    await client.sendTransaction({
      ...request,
      maxFeePerGas: parseGwei('20'),
      maxPriorityFeePerGas: parseGwei('10'),
      to: carol.address,
      value: 2n,
    })
    await client.mine({ blocks: 1 })
    await refused
  } finally {
    await client.setAutomine(true)
  }
})

test('error: InvalidArgumentError', async () => {
  for (const hash of ['0x12', `0x${'zz'.repeat(32)}`] as const)
    await expect(confirm(client, { hash })).rejects.toBeInstanceOf(InvalidArgumentError)
})

test('error: TransactionUnconfirmedError', async () => {
  const hash = `0x${'ab'.repeat(32)}` as const
  await expect(confirm(client, { hash, timeout: 100 })).rejects.toBeInstanceOf(TransactionUnconfirmedError)
})
