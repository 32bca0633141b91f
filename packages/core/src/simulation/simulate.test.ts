import { createClient, custom, parseAbi, parseEther } from 'viem'
import { anvil } from 'viem/chains'
import { expect, test } from 'vitest'
import { alice, bob, carol, client, deployment, isolate } from '~test/anvil.js'
import { signTransferAuthorization } from '../authorization/signTransferAuthorization.js'
import { transferWithAuthorizationCall } from '../authorization/transferWithAuthorization.js'
import { call } from '../call/call.js'
import { confirm } from '../call/confirm.js'
import { CallFailedError } from '../errors/CallFailedError.js'
import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import { approve, approveCall } from '../token/approve.js'
import { InsufficientBalanceError } from '../token/errors.js'
import { getBalance } from '../token/getBalance.js'
import { transfer, transferCall } from '../token/transfer.js'
import { transferFromCall } from '../token/transferFrom.js'
import { SimulationUnsupportedError } from './errors.js'
import { simulate } from './simulate.js'

const token = deployment.aiToken

isolate()

test('default', async () => {
  const result = await simulate(client, {
    calls: [
      approveCall({ amount: 7n, spender: bob.address, token }),
      transferCall({ amount: 5n, to: bob.address, token }),
    ],
  })

  expect(result.balances).toEqual([
    { account: alice.address, difference: -5n, token },
    { account: bob.address, difference: 5n, token },
  ])
  expect(result.allowances).toEqual([
    { after: 7n, before: 0n, owner: alice.address, spender: bob.address, token },
  ])
  const [approved, transferred] = result.calls
  expect(approved).toMatchObject({ result: true, status: 'success' })
  expect(transferred).toMatchObject({
    events: [{ args: { value: 5n }, eventName: 'Transfer' }],
    result: true,
  })
  expect(transferred?.gasUsed).toBeGreaterThan(21_000n)
  expect(result.gasUsed).toBe((approved?.gasUsed ?? 0n) + (transferred?.gasUsed ?? 0n))
  // Nothing was sent.
  expect(await getBalance(client, { account: bob.address, token })).toBe(0n)
})

test('behavior: what it foretells is what happens', async () => {
  const parameters = { amount: 5n, to: bob.address, token }
  const { calls } = await simulate(client, { calls: [transferCall(parameters)] })
  const { receipt } = await confirm(client, { hash: await transfer(client, parameters) })
  expect(calls[0]?.gasUsed).toBe(receipt.gasUsed)
})

test('behavior: a later call runs on what earlier ones left', async () => {
  const { balances, calls } = await simulate(client, {
    account: bob.address,
    calls: [transferCall({ amount: 1n, to: carol.address, token })],
  })
  expect(balances).toEqual([])
  expect(calls[0]).toMatchObject({ error: { name: 'InsufficientBalanceError' }, status: 'reverted' })
  if (calls[0]?.status === 'reverted') expect(calls[0].error).toBeInstanceOf(InsufficientBalanceError)
})

test('behavior: allowances that are spent without an event', async () => {
  await confirm(client, { hash: await approve(client, { amount: 10n, spender: bob.address, token }) })
  const { allowances, balances } = await simulate(client, {
    account: bob.address,
    calls: [transferFromCall({ amount: 4n, from: alice.address, to: carol.address, token })],
  })
  expect(allowances).toEqual([{ after: 6n, before: 10n, owner: alice.address, spender: bob.address, token }])
  expect(balances).toHaveLength(2)
})

test('behavior: native coin that moves', async () => {
  const abi = parseAbi(['function thank() payable'])
  const paid = call({ abi, args: [], functionName: 'thank', to: bob.address, value: parseEther('1') })
  const { balances } = await simulate(client, { calls: [paid] })
  expect(balances).toEqual([
    { account: alice.address, difference: -parseEther('1'), token: undefined },
    { account: bob.address, difference: parseEther('1'), token: undefined },
  ])
})

test('behavior: the clock is that of the next block', async () => {
  const { timestamp } = await client.getBlock()
  const signed = await signTransferAuthorization(client, {
    amount: 1n,
    to: bob.address,
    token,
    validAfter: timestamp - 1n,
    validBefore: timestamp + 3600n,
  })
  const { calls } = await simulate(client, { calls: [transferWithAuthorizationCall(signed)] })
  expect(calls[0]?.status).toBe('success')
})

test('error: SimulationUnsupportedError', async () => {
  const old = createClient({
    account: alice,
    chain: anvil,
    transport: custom({
      request: () => Promise.reject(Object.assign(new Error('unknown'), { code: -32601 })),
    }),
  })
  const simulated = simulate(old, { calls: [transferCall({ amount: 1n, to: bob.address, token })] })
  await expect(simulated).rejects.toBeInstanceOf(SimulationUnsupportedError)
})

test('error: CallFailedError', async () => {
  const broken = createClient({
    account: alice,
    chain: anvil,
    transport: custom({ request: () => Promise.reject(new Error('down')) }, { retryCount: 0 }),
  })
  const simulated = simulate(broken, { calls: [transferCall({ amount: 1n, to: bob.address, token })] })
  await expect(simulated).rejects.toBeInstanceOf(CallFailedError)
})

test('error: InvalidArgumentError', async () => {
  const reader = createClient({ chain: anvil, transport: custom(client) })
  const simulated = simulate(reader, { calls: [transferCall({ amount: 1n, to: bob.address, token })] })
  await expect(simulated).rejects.toBeInstanceOf(InvalidArgumentError)
})
