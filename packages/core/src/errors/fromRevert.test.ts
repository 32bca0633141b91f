import { encodeErrorResult, encodeFunctionData, parseAbi } from 'viem'
import { expect, test } from 'vitest'
import { bob, client, clientOf, deployment, isolate } from '~test/anvil.js'

import { call } from '../call/call.js'
import { send } from '../call/send.js'
import { accessManagerAbi } from '../generated/accessManager.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import { CapExceededError } from '../token/errors.js'
import { mint } from '../token/mint.js'
import { tokenReverts, tokenSource } from '../token/reverts.js'
import { AccessDeniedError } from './AccessDeniedError.js'
import { AitokenError } from './AitokenError.js'
import { ContractRevertError } from './ContractRevertError.js'
import { fromRevert, fromRevertData } from './fromRevert.js'

const { accessManager, aiToken } = deployment

isolate()

/** A mint above the cap, made through the access manager: the token's error surfaces from the manager's call. */
const nestedMint = call({
  abi: accessManagerAbi,
  args: [
    aiToken,
    encodeFunctionData({ abi: aiTokenAbi, args: [bob.address, 10n ** 30n], functionName: 'mint' }),
  ],
  functionName: 'execute',
  to: accessManager,
})

test('default', async () => {
  await expect(mint(clientOf(bob), { amount: 1n, to: bob.address, token: aiToken })).rejects.toBeInstanceOf(
    AccessDeniedError,
  )
})

test('behavior: an error of a nested contract is typed when that contract is known', async () => {
  await expect(send(client, nestedMint, {}, [tokenSource()])).rejects.toBeInstanceOf(CapExceededError)
})

test('behavior: an error of an unknown contract keeps its bytes', async () => {
  const sent = send(client, nestedMint)
  await expect(sent).rejects.toBeInstanceOf(ContractRevertError)
  await expect(sent).rejects.toMatchObject({ data: expect.stringMatching(/^0x9e79f854/), revert: undefined })
})

test('behavior: is recognised across copies of the package', async () => {
  const error = await send(client, nestedMint).catch((cause: unknown) => cause)
  expect(AitokenError.is(error)).toBe(true)
  expect(AitokenError.is({ ...(error as object) })).toBe(true)
  expect(AitokenError.is(new Error('other'))).toBe(false)
  expect(error).toMatchObject({ cause: expect.any(Error), name: 'ContractRevertError' })
})

test('behavior: reasons, panics and silence', () => {
  const standard = parseAbi(['error Error(string)', 'error Panic(uint256)'])
  const parameters = { functionName: 'f', sources: [{ abi: aiTokenAbi, reverts: tokenReverts }] }
  const reason = encodeErrorResult({ abi: standard, args: ['not today'], errorName: 'Error' })
  const panic = encodeErrorResult({ abi: standard, args: [0x11n], errorName: 'Panic' })

  expect(fromRevertData(reason, parameters)).toMatchObject({ reason: 'not today' })
  expect(fromRevertData(panic, parameters)).toMatchObject({ reason: 'panic 0x11' })
  expect(fromRevertData('0x', parameters)).toMatchObject({ reason: undefined, revert: undefined })
  expect(fromRevertData('0x12345678', parameters)).toMatchObject({ data: '0x12345678' })
})

test('behavior: whatever wrapped the bytes, they are found', () => {
  const data = encodeErrorResult({
    abi: aiTokenAbi,
    args: [bob.address],
    errorName: 'AccessManagedUnauthorized',
  })
  const parameters = { abi: aiTokenAbi, functionName: 'mint', reverts: tokenReverts }
  for (const cause of [{ data }, { data: { data } }, { cause: { cause: { raw: data } } }, { code: 3, data }])
    expect(fromRevert(cause, parameters)).toBeInstanceOf(AccessDeniedError)
  const circular: { cause?: unknown } = {}
  circular.cause = circular
  for (const cause of [circular, undefined, null, 'text', { data: '0x' }, new Error('no')])
    expect(fromRevert(cause, parameters)).toBeUndefined()
})
