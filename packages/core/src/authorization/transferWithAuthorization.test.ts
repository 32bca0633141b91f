import fc from 'fast-check'
import { maxUint256 } from 'viem'
import { expect, test } from 'vitest'
import { alice, bob, carol, client, clientOf, deployment, isolate, mallory } from '~test/anvil.js'

import { confirm } from '../call/confirm.js'
import { InvalidSignatureError } from '../errors/InvalidSignatureError.js'
import { SignerMismatchError } from '../errors/SignerMismatchError.js'
import { InsufficientBalanceError, InvalidReceiverError } from '../token/errors.js'
import { getBalance } from '../token/getBalance.js'
import { cancelAuthorization } from './cancelAuthorization.js'
import { AuthorizationTimeError, AuthorizationUsedError } from './errors.js'
import { getAuthorizationState } from './getAuthorizationState.js'
import { hashReceiveAuthorization } from './hashReceiveAuthorization.js'
import { hashTransferAuthorization } from './hashTransferAuthorization.js'
import { receiveWithAuthorization } from './receiveWithAuthorization.js'
import { signAuthorizationCancellation } from './signAuthorizationCancellation.js'
import { signReceiveAuthorization } from './signReceiveAuthorization.js'
import { signTransferAuthorization } from './signTransferAuthorization.js'
import { transferWithAuthorization } from './transferWithAuthorization.js'
import { verifyAuthorizationCancellation } from './verifyAuthorizationCancellation.js'
import { verifyReceiveAuthorization } from './verifyReceiveAuthorization.js'
import { verifyTransferAuthorization } from './verifyTransferAuthorization.js'

const token = deployment.aiToken
const relayer = clientOf(mallory)
const domain = { chainId: 31337, name: 'AI Token', verifyingContract: token, version: '1' }
const parameters = { amount: 5n, to: bob.address, token }

isolate()

test('default', async () => {
  const signed = await signTransferAuthorization(client, parameters)
  expect(await getAuthorizationState(client, { authorizer: alice.address, nonce: signed.nonce, token })).toBe(
    false,
  )
  await confirm(client, { hash: await transferWithAuthorization(relayer, signed) })

  expect(await getBalance(client, { account: bob.address, token })).toBe(5n)
  expect(await getAuthorizationState(client, { authorizer: alice.address, nonce: signed.nonce, token })).toBe(
    true,
  )
})

test('behavior: nonces are random and used in any order', async () => {
  const signed = await Promise.all(
    [1, 2, 3].map(() => signTransferAuthorization(client, { ...parameters, domain })),
  )
  expect(new Set(signed.map(({ nonce }) => nonce)).size).toBe(3)
  for (const authorization of signed.reverse())
    await confirm(client, { hash: await transferWithAuthorization(relayer, authorization) })
  expect(await getBalance(client, { account: bob.address, token })).toBe(15n)
})

test('behavior: a payee takes what only it may submit', async () => {
  const signed = await signReceiveAuthorization(client, parameters)
  await verifyReceiveAuthorization({ ...signed, domain })
  await expect(receiveWithAuthorization(relayer, signed)).rejects.toBeInstanceOf(InvalidReceiverError)
  await expect(transferWithAuthorization(relayer, signed)).rejects.toBeInstanceOf(InvalidSignatureError)
  await confirm(client, { hash: await receiveWithAuthorization(clientOf(bob), signed) })
  expect(await getBalance(client, { account: bob.address, token })).toBe(5n)
})

test('behavior: a cancelled authorization moves nothing', async () => {
  const signed = await signTransferAuthorization(client, parameters)
  const cancellation = await signAuthorizationCancellation(client, { nonce: signed.nonce, token })
  await verifyAuthorizationCancellation({ ...cancellation, domain })
  await confirm(client, { hash: await cancelAuthorization(relayer, cancellation) })

  await expect(transferWithAuthorization(relayer, signed)).rejects.toBeInstanceOf(AuthorizationUsedError)
  await expect(cancelAuthorization(relayer, cancellation)).rejects.toBeInstanceOf(AuthorizationUsedError)
})

test('property: what was signed verifies, and any altered field does not', async () => {
  const nonce = fc
    .uint8Array({ maxLength: 32, minLength: 32 })
    .map((bytes) => `0x${Buffer.from(bytes).toString('hex')}` as const)
  await fc.assert(
    fc.asyncProperty(fc.bigInt({ max: maxUint256 - 1n, min: 0n }), nonce, async (amount, nonce) => {
      const times = { validAfter: 1n, validBefore: 2n ** 40n }
      const signed = {
        ...(await signTransferAuthorization(client, { ...parameters, ...times, amount, domain, nonce })),
        domain,
      }
      await verifyTransferAuthorization(signed)
      // The two kinds never pass for each other.
      expect(hashTransferAuthorization(signed)).not.toBe(hashReceiveAuthorization(signed))
      await expect(verifyReceiveAuthorization(signed)).rejects.toBeInstanceOf(SignerMismatchError)
      for (const altered of [
        { amount: amount + 1n },
        { from: bob.address },
        { nonce: `0x${'ab'.repeat(32)}` as const },
        { to: carol.address },
        { validAfter: 0n },
        { validBefore: 2n ** 41n },
        { domain: { ...domain, chainId: 1 } },
        { domain: { ...domain, verifyingContract: bob.address } },
      ])
        await expect(verifyTransferAuthorization({ ...signed, ...altered })).rejects.toBeInstanceOf(
          SignerMismatchError,
        )
    }),
    { numRuns: 5 },
  )
})

test('error: InvalidSignatureError', async () => {
  const signed = await signTransferAuthorization(client, parameters)
  for (const altered of [
    { amount: 6n },
    { to: mallory.address },
    { from: carol.address },
    { validAfter: 1n },
  ])
    await expect(transferWithAuthorization(relayer, { ...signed, ...altered })).rejects.toBeInstanceOf(
      InvalidSignatureError,
    )
})

test('error: AuthorizationTimeError', async () => {
  const late = await signTransferAuthorization(client, { ...parameters, validBefore: 1n })
  await expect(transferWithAuthorization(relayer, late)).rejects.toBeInstanceOf(AuthorizationTimeError)
  const early = { validAfter: 2n ** 40n, validBefore: 2n ** 41n }
  const signed = await signTransferAuthorization(client, { ...parameters, ...early })
  await expect(transferWithAuthorization(relayer, signed)).rejects.toMatchObject({
    ...early,
    name: 'AuthorizationTimeError',
  })
})

test('error: AuthorizationUsedError', async () => {
  const signed = await signTransferAuthorization(client, parameters)
  await confirm(client, { hash: await transferWithAuthorization(relayer, signed) })
  await expect(transferWithAuthorization(relayer, signed)).rejects.toMatchObject({
    authorizer: alice.address,
    name: 'AuthorizationUsedError',
    nonce: signed.nonce,
  })
})

test('error: InsufficientBalanceError', async () => {
  const signed = await signTransferAuthorization(clientOf(bob), parameters)
  await expect(transferWithAuthorization(relayer, signed)).rejects.toBeInstanceOf(InsufficientBalanceError)
})
