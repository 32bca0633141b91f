import fc from 'fast-check'
import { maxUint256 } from 'viem'
import { expect, test } from 'vitest'
import { alice, bob, carol, client, clientOf, deployment, isolate, mallory } from '~test/anvil.js'

import { confirm } from '../call/confirm.js'
import { ContractMissingError } from '../errors/ContractMissingError.js'
import { InvalidSignatureError } from '../errors/InvalidSignatureError.js'
import { SignatureExpiredError } from '../errors/SignatureExpiredError.js'
import { SignerMismatchError } from '../errors/SignerMismatchError.js'
import { getAllowance } from '../token/getAllowance.js'
import { DomainMismatchError } from './errors.js'
import { getDomain } from './getDomain.js'
import { getNonce } from './getNonce.js'
import { hashPermit } from './hashPermit.js'
import { permit } from './permit.js'
import { signPermit } from './signPermit.js'
import { verifyPermit } from './verifyPermit.js'

const token = deployment.aiToken
const relayer = clientOf(carol)
const domain = { chainId: 31337, name: 'AI Token', verifyingContract: token, version: '1' }
const parameters = { amount: 5n, deadline: maxUint256, nonce: 0n, spender: bob.address }

isolate()

test('default', async () => {
  const signed = await signPermit(client, { amount: 5n, spender: bob.address, token })
  await confirm(client, { hash: await permit(relayer, signed) })

  expect(await getAllowance(client, { owner: alice.address, spender: bob.address, token })).toBe(5n)
  expect(await getNonce(client, { owner: alice.address, token })).toBe(1n)
})

test('behavior: a known domain and nonce need no node', async () => {
  const unreachable = clientOf(alice).extend(() => ({
    readContract: () => Promise.reject(new Error('read')),
  }))
  const signed = await signPermit(unreachable, { ...parameters, domain })

  expect(signed).toMatchObject({ ...parameters, owner: alice.address, token })
  await verifyPermit({ ...signed, domain })
  expect(await getDomain(client, { token })).toEqual(domain)
})

test('property: what was signed verifies, and any altered field does not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.bigInt({ max: maxUint256 - 1n, min: 0n }), async (amount) => {
      const signed = { ...(await signPermit(client, { ...parameters, amount, domain })), domain }
      await verifyPermit(signed)
      for (const altered of [
        { amount: amount + 1n },
        { deadline: signed.deadline - 1n },
        { nonce: 1n },
        { owner: bob.address },
        { spender: carol.address },
        { domain: { ...domain, chainId: 1 } },
        { domain: { ...domain, name: 'AI token' } },
        { domain: { ...domain, verifyingContract: bob.address } },
        { domain: { ...domain, version: '2' } },
      ]) {
        await expect(verifyPermit({ ...signed, ...altered })).rejects.toBeInstanceOf(SignerMismatchError)
        if (!('owner' in altered)) expect(hashPermit({ ...signed, ...altered })).not.toBe(hashPermit(signed))
      }
    }),
    { numRuns: 5 },
  )
})

test('error: SignerMismatchError', async () => {
  const signed = await signPermit(client, { ...parameters, domain })
  for (const altered of [
    { amount: 6n },
    { spender: mallory.address },
    { owner: bob.address },
    { deadline: maxUint256 - 1n },
  ])
    await expect(permit(relayer, { ...signed, ...altered })).rejects.toBeInstanceOf(SignerMismatchError)
})

test('error: SignerMismatchError, used before', async () => {
  const signed = await signPermit(client, { ...parameters, domain })
  await confirm(client, { hash: await permit(relayer, signed) })
  await expect(permit(relayer, signed)).rejects.toBeInstanceOf(SignerMismatchError)
})

test('error: SignatureExpiredError', async () => {
  const signed = await signPermit(client, { ...parameters, deadline: 1n, domain })
  await expect(permit(relayer, signed)).rejects.toBeInstanceOf(SignatureExpiredError)
})

test('error: InvalidSignatureError', async () => {
  const signed = await signPermit(client, { ...parameters, domain })
  await expect(permit(relayer, { ...signed, signature: '0x12' })).rejects.toBeInstanceOf(
    InvalidSignatureError,
  )
  const nobody = `0x${'00'.repeat(64)}1b` as const
  await expect(permit(relayer, { ...signed, signature: nobody })).rejects.toBeInstanceOf(
    InvalidSignatureError,
  )
  await expect(verifyPermit({ ...signed, domain, signature: nobody })).rejects.toBeInstanceOf(
    InvalidSignatureError,
  )
})

test('error: DomainMismatchError', async () => {
  const elsewhere = { ...client, chain: { ...client.chain, id: 1 } }
  await expect(getDomain(elsewhere, { token })).rejects.toBeInstanceOf(DomainMismatchError)
})

test('error: ContractMissingError', async () => {
  const signed = signPermit(client, { amount: 5n, spender: bob.address, token: carol.address })
  await expect(signed).rejects.toBeInstanceOf(ContractMissingError)
})
