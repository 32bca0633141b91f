import { createClient, http, parseEther, zeroAddress, zeroHash } from 'viem'
import { anvil } from 'viem/chains'
import { expect, test } from 'vitest'
import { alice, bob, carol, client, clientOf, deployment, isolate, mallory, rpcUrl } from '~test/anvil.js'

import { confirm } from '../call/confirm.js'
import { coreActions } from '../client/coreActions.js'
import { deployAitoken } from '../deploy/deployAitoken.js'
import { CallFailedError } from '../errors/CallFailedError.js'
import { ChainNotSupportedError } from '../errors/ChainNotSupportedError.js'
import { ContractMissingError } from '../errors/ContractMissingError.js'
import { InsufficientFundsError } from '../errors/InsufficientFundsError.js'
import { InvalidAddressError } from '../errors/InvalidAddressError.js'
import { InvalidAmountError } from '../errors/InvalidAmountError.js'
import type { WriteClient } from '../internal/client.js'
import { approve } from './approve.js'
import { InsufficientAllowanceError, InsufficientBalanceError, InvalidReceiverError } from './errors.js'
import { getAllowance } from './getAllowance.js'
import { getBalance } from './getBalance.js'
import { transfer, transferCall } from './transfer.js'
import { transferFrom } from './transferFrom.js'

const token = deployment.aiToken
const supply = parseEther('1000000000')

isolate()

test('default', async () => {
  const hash = await transfer(client, { amount: parseEther('1'), to: bob.address, token })

  const { events } = await confirm(client, {
    call: transferCall({ amount: 1n, to: bob.address, token }),
    hash,
  })
  expect(events.map(({ eventName }) => eventName)).toEqual(['Transfer'])
  expect(await getBalance(client, { account: bob.address, token })).toBe(parseEther('1'))
  expect(await getBalance(client, { account: alice.address, token })).toBe(supply - parseEther('1'))
})

test('behavior: the next test starts from a clean chain', async () => {
  expect(await getBalance(client, { account: bob.address, token })).toBe(0n)
})

test('behavior: a client can answer for itself', async () => {
  const hash = `0x${'ab'.repeat(32)}` as const
  const custom = client.extend(() => ({ writeContract: async () => hash }))
  await expect(transfer(custom, { amount: 1n, to: bob.address, token })).resolves.toBe(hash)
})

test('behavior: binds to a client', async () => {
  const bound = client.extend(coreActions())
  await confirm(client, { hash: await bound.ait.transfer({ amount: 5n, to: bob.address, token }) })
  await expect(bound.ait.getBalance({ account: bob.address, token })).resolves.toBe(5n)
})

test('behavior: nothing, everything and oneself', async () => {
  for (const [amount, to] of [
    [0n, bob.address],
    [supply, alice.address],
    [supply, bob.address],
  ] as const)
    await confirm(client, { hash: await transfer(client, { amount, to, token }) })
  expect(await getBalance(client, { account: bob.address, token })).toBe(supply)
})

test('behavior: a spender moves what it was allowed', async () => {
  await confirm(client, { hash: await approve(client, { amount: 10n, spender: bob.address, token }) })
  const parameters = { from: alice.address, to: carol.address, token }
  await confirm(client, { hash: await transferFrom(clientOf(bob), { ...parameters, amount: 4n }) })

  expect(await getAllowance(client, { owner: alice.address, spender: bob.address, token })).toBe(6n)
  expect(await getBalance(client, { account: carol.address, token })).toBe(4n)
  await expect(transferFrom(clientOf(bob), { ...parameters, amount: 7n })).rejects.toMatchObject({
    allowance: 6n,
    name: 'InsufficientAllowanceError',
    needed: 7n,
    spender: bob.address,
  })
})

test('error: InsufficientBalanceError', async () => {
  const transferred = transfer(client, { amount: supply + 1n, to: bob.address, token })

  await expect(transferred).rejects.toBeInstanceOf(InsufficientBalanceError)
  await expect(transferred).rejects.toMatchObject({
    account: alice.address,
    balance: supply,
    needed: supply + 1n,
  })
})

test('error: InsufficientAllowanceError', async () => {
  const stolen = transferFrom(clientOf(mallory), {
    amount: 1n,
    from: alice.address,
    to: mallory.address,
    token,
  })
  await expect(stolen).rejects.toBeInstanceOf(InsufficientAllowanceError)
})

test('error: InvalidReceiverError', async () => {
  await expect(transfer(client, { amount: 1n, to: zeroAddress, token })).rejects.toBeInstanceOf(
    InvalidReceiverError,
  )
})

test('error: InvalidAddressError', async () => {
  const wrongChecksum = '0x70997970c51812dc3A010C7d01b50e0d17dc79C8'
  for (const to of ['0x12', wrongChecksum, '0xbob'] as const)
    await expect(transfer(client, { amount: 1n, to, token })).rejects.toBeInstanceOf(InvalidAddressError)
  await expect(transfer(client, { amount: 1n, to: bob.address, token: '0x12' })).rejects.toBeInstanceOf(
    InvalidAddressError,
  )
})

test('error: InvalidAmountError', async () => {
  // The message is what a caller reads: it names the parameter, and the bound that was passed.
  await expect(transfer(client, { amount: -1n, to: bob.address, token })).rejects.toMatchObject({
    hints: ['Pass at least 0.'],
    shortMessage: '`transfer.amount` must not be negative, and is -1.',
  })
  for (const amount of [-1n, 2n ** 256n])
    await expect(transfer(client, { amount, to: bob.address, token })).rejects.toBeInstanceOf(
      InvalidAmountError,
    )
  // @ts-expect-error - amounts are bigint base units
  const transferred = transfer(client, { amount: 1.5, to: bob.address, token })
  await expect(transferred).rejects.toBeInstanceOf(InvalidAmountError)
})

test('error: ChainNotSupportedError', async () => {
  await expect(transfer(client, { amount: 1n, to: bob.address })).rejects.toBeInstanceOf(
    ChainNotSupportedError,
  )
})

test('error: InsufficientFundsError', async () => {
  await client.setBalance({ address: alice.address, value: 0n })
  const transferred = transfer(client, { amount: 1n, to: bob.address, token })
  await expect(transferred).rejects.toBeInstanceOf(InsufficientFundsError)
})

test('error: ContractMissingError', async () => {
  const read = getBalance(client, { account: bob.address, token: mallory.address })
  await expect(read).rejects.toBeInstanceOf(ContractMissingError)
})

test('error: ContractMissingError, before anything is sent', async () => {
  const count = () => client.getTransactionCount({ address: alice.address })
  const before = await count()
  const transferred = transfer(client, { amount: 1n, to: bob.address, token: mallory.address })

  await expect(transferred).rejects.toBeInstanceOf(ContractMissingError)
  await expect(transferred).rejects.toMatchObject({ address: mallory.address })
  expect(await count()).toBe(before)
})

test('error: AccountMissingError', async () => {
  // The types forbid it; JavaScript does not.
  const reader = createClient({ chain: anvil, transport: http(rpcUrl) }) as WriteClient
  const { ait } = reader.extend(coreActions())
  const to = bob.address
  for (const [action, made] of [
    ['transfer', ait.transfer({ amount: 1n, to, token })],
    ['signPermit', ait.signPermit({ amount: 1n, spender: to, token })],
    ['signDelegation', ait.signDelegation({ delegatee: to, token })],
    ['signReceiveAuthorization', ait.signReceiveAuthorization({ amount: 1n, to, token })],
    ['signTransferAuthorization', ait.signTransferAuthorization({ amount: 1n, to, token })],
    ['signAuthorizationCancellation', ait.signAuthorizationCancellation({ nonce: zeroHash, token })],
    ['sendCalls', ait.sendCalls({ calls: [transferCall({ amount: 1n, to, token })] })],
    ['deployAitoken', deployAitoken(reader)],
  ] as const)
    await expect(made).rejects.toMatchObject({ action, name: 'AccountMissingError' })
})

test('error: CallFailedError', async () => {
  const cause = new Error('no wallet')
  const broken = client.extend(() => ({ writeContract: () => Promise.reject(cause) }))
  const transferred = transfer(broken, { amount: 1n, to: bob.address, token })
  await expect(transferred).rejects.toBeInstanceOf(CallFailedError)
  await expect(transferred).rejects.toMatchObject({ cause })
})
