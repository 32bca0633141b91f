import { zeroAddress } from 'viem'
import { expect, test } from 'vitest'
import { alice, bob, carol, client, clientOf, deployment, isolate } from '~test/anvil.js'

import { confirm } from '../call/confirm.js'
import { deployAitoken } from '../deploy/deployAitoken.js'
import { AccessDeniedError } from '../errors/AccessDeniedError.js'
import { OperationNotReadyError } from '../errors/OperationNotReadyError.js'
import { accessManagerAbi } from '../generated/accessManager.js'
import { approve } from './approve.js'
import { approveAndCall } from './approveAndCall.js'
import { burn } from './burn.js'
import { burnFrom } from './burnFrom.js'
import {
  CallbackRefusedError,
  CapExceededError,
  InsufficientAllowanceError,
  InsufficientBalanceError,
  InvalidSpenderError,
} from './errors.js'
import { getAuthority } from './getAuthority.js'
import { getBalance } from './getBalance.js'
import { getTotalSupply } from './getTotalSupply.js'
import { mint } from './mint.js'
import { setAuthority } from './setAuthority.js'
import { transferAndCall } from './transferAndCall.js'
import { transferFromAndCall } from './transferFromAndCall.js'

const { accessManager, aiToken: token } = deployment

isolate()

test('default', async () => {
  await confirm(client, { hash: await burn(client, { amount: 10n, token }) })
  await confirm(client, { hash: await mint(client, { amount: 4n, to: bob.address, token }) })

  expect(await getBalance(client, { account: bob.address, token })).toBe(4n)
  expect(await getTotalSupply(client, { token })).toBe(10n ** 27n - 6n)
})

test('behavior: a spender burns what it was allowed', async () => {
  const burned = { amount: 5n, from: alice.address, token }
  await expect(burnFrom(clientOf(bob), burned)).rejects.toBeInstanceOf(InsufficientAllowanceError)
  await confirm(client, { hash: await approve(client, { amount: 5n, spender: bob.address, token }) })
  await confirm(client, { hash: await burnFrom(clientOf(bob), burned) })
  expect(await getTotalSupply(client, { token })).toBe(10n ** 27n - 5n)
})

test('behavior: only the access manager puts the token under another', async () => {
  const { contracts } = await deployAitoken(client, { salt: `0x${'01'.repeat(32)}` })
  const authority = contracts.accessManager
  await expect(setAuthority(client, { authority, token })).rejects.toBeInstanceOf(AccessDeniedError)
  const hash = await client.writeContract({
    abi: accessManagerAbi,
    address: accessManager,
    args: [token, authority],
    functionName: 'updateAuthority',
  })
  await confirm(client, { hash })
  expect(await getAuthority(client, { token })).toBe(authority)
})

test('error: CapExceededError', async () => {
  const minted = mint(client, { amount: 1n, to: bob.address, token })
  await expect(minted).rejects.toBeInstanceOf(CapExceededError)
  await expect(minted).rejects.toMatchObject({ cap: 10n ** 27n, supply: 10n ** 27n + 1n })
})

test('error: AccessDeniedError', async () => {
  const minted = mint(clientOf(bob), { amount: 1n, to: bob.address, token })
  await expect(minted).rejects.toMatchObject({ account: bob.address, name: 'AccessDeniedError' })
})

test('error: OperationNotReadyError', async () => {
  const hash = await client.writeContract({
    abi: accessManagerAbi,
    address: accessManager,
    args: [0n, carol.address, 3600],
    functionName: 'grantRole',
  })
  await confirm(client, { hash })
  const minted = mint(clientOf(carol), { amount: 1n, to: bob.address, token })
  await expect(minted).rejects.toBeInstanceOf(OperationNotReadyError)
  await expect(minted).rejects.toMatchObject({ state: 'unscheduled' })
})

test('error: InsufficientBalanceError', async () => {
  await expect(burn(clientOf(bob), { amount: 1n, token })).rejects.toBeInstanceOf(InsufficientBalanceError)
})

test('error: CallbackRefusedError', async () => {
  await confirm(client, { hash: await approve(client, { amount: 5n, spender: alice.address, token }) })
  for (const refused of [
    () => approveAndCall(client, { amount: 1n, spender: bob.address, token }),
    () => transferAndCall(client, { amount: 1n, data: '0x12', to: bob.address, token }),
    () => transferFromAndCall(client, { amount: 1n, from: alice.address, to: bob.address, token }),
  ])
    await expect(refused()).rejects.toBeInstanceOf(CallbackRefusedError)
})

test('error: InvalidSpenderError', async () => {
  const approved = approve(client, { amount: 1n, spender: zeroAddress, token })
  await expect(approved).rejects.toBeInstanceOf(InvalidSpenderError)
})
