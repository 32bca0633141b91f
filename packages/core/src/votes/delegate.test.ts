import fc from 'fast-check'
import { zeroAddress } from 'viem'
import { expect, test } from 'vitest'
import { alice, bob, carol, client, clientOf, dave, deployment, isolate } from '~test/anvil.js'

import { confirm } from '../call/confirm.js'
import { InvalidNonceError } from '../errors/InvalidNonceError.js'
import { InvalidSignatureError } from '../errors/InvalidSignatureError.js'
import { SignatureExpiredError } from '../errors/SignatureExpiredError.js'
import { SignerMismatchError } from '../errors/SignerMismatchError.js'
import { getTotalSupply } from '../token/getTotalSupply.js'
import { transfer } from '../token/transfer.js'
import { delegate } from './delegate.js'
import { delegateBySig } from './delegateBySig.js'
import { FutureLookupError } from './errors.js'
import { getCheckpoint } from './getCheckpoint.js'
import { getCheckpointCount } from './getCheckpointCount.js'
import { getClock } from './getClock.js'
import { getClockMode } from './getClockMode.js'
import { getDelegate } from './getDelegate.js'
import { getPastTotalSupply } from './getPastTotalSupply.js'
import { getPastVotes } from './getPastVotes.js'
import { getVotes } from './getVotes.js'
import { signDelegation } from './signDelegation.js'
import { verifyDelegation } from './verifyDelegation.js'

const token = deployment.aiToken
const relayer = clientOf(carol)
const domain = { chainId: 31337, name: 'AI Token', verifyingContract: token, version: '1' }
const ofDave = { account: dave.address, token }

isolate()

test('default', async () => {
  expect(await getDelegate(client, { account: alice.address, token })).toBeUndefined()
  await confirm(client, { hash: await delegate(client, { delegatee: dave.address, token }) })

  expect(await getDelegate(client, { account: alice.address, token })).toBe(dave.address)
  expect(await getVotes(client, ofDave)).toBe(await getTotalSupply(client, { token }))
})

test('behavior: votes of the past stay', async () => {
  const supply = await getTotalSupply(client, { token })
  await confirm(client, { hash: await delegate(client, { delegatee: dave.address, token }) })
  const timepoint = await getClock(client, { token })
  await client.increaseTime({ seconds: 60 })
  await confirm(client, { hash: await transfer(client, { amount: 10n, to: bob.address, token }) })

  expect(await getPastVotes(client, { ...ofDave, timepoint })).toBe(supply)
  expect(await getPastTotalSupply(client, { timepoint, token })).toBe(supply)
  expect(await getVotes(client, ofDave)).toBe(supply - 10n)
  expect(await getCheckpointCount(client, ofDave)).toBe(2)
  expect(await getCheckpoint(client, { ...ofDave, position: 0 })).toEqual({ timepoint, votes: supply })
  expect(await getClockMode(client, { token })).toBe('mode=timestamp')
})

test('behavior: delegation ends with the zero address', async () => {
  await confirm(client, { hash: await delegate(client, { delegatee: dave.address, token }) })
  await confirm(client, { hash: await delegate(client, { delegatee: zeroAddress, token }) })
  expect(await getDelegate(client, { account: alice.address, token })).toBeUndefined()
  expect(await getVotes(client, ofDave)).toBe(0n)
})

test('behavior: by signature', async () => {
  const signed = await signDelegation(client, { delegatee: dave.address, token })
  await verifyDelegation({ ...signed, domain })
  await confirm(client, { hash: await delegateBySig(relayer, signed) })
  expect(await getDelegate(client, { account: alice.address, token })).toBe(dave.address)
})

test('property: what was signed verifies, and any altered field does not', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.bigInt({ max: 2n ** 64n, min: 1n }),
      fc.bigInt({ max: 2n ** 64n, min: 0n }),
      async (expiry, nonce) => {
        const signed = {
          ...(await signDelegation(client, { delegatee: dave.address, domain, expiry, nonce })),
          domain,
        }
        await verifyDelegation(signed)
        for (const altered of [
          { delegatee: bob.address },
          { delegator: bob.address },
          { expiry: expiry - 1n },
          { nonce: nonce + 1n },
          { domain: { ...domain, chainId: 1 } },
          { domain: { ...domain, verifyingContract: bob.address } },
        ])
          await expect(verifyDelegation({ ...signed, ...altered })).rejects.toBeInstanceOf(
            SignerMismatchError,
          )
      },
    ),
    { numRuns: 5 },
  )
})

test('error: InvalidNonceError', async () => {
  const signed = await signDelegation(client, { delegatee: dave.address, token })
  await confirm(client, { hash: await delegateBySig(relayer, signed) })
  await expect(delegateBySig(relayer, signed)).rejects.toMatchObject({
    account: alice.address,
    current: 1n,
    name: 'InvalidNonceError',
  })
  await expect(delegateBySig(relayer, signed)).rejects.toBeInstanceOf(InvalidNonceError)
})

test('error: SignatureExpiredError', async () => {
  const signed = await signDelegation(client, { delegatee: dave.address, expiry: 1n, token })
  await expect(delegateBySig(relayer, signed)).rejects.toBeInstanceOf(SignatureExpiredError)
})

test('error: InvalidSignatureError', async () => {
  const signed = await signDelegation(client, { delegatee: dave.address, token })
  const delegated = delegateBySig(relayer, { ...signed, signature: `0x${'00'.repeat(65)}` })
  await expect(delegated).rejects.toBeInstanceOf(InvalidSignatureError)
})

test('error: FutureLookupError', async () => {
  const timepoint = (await getClock(client, { token })) + 1000n
  await expect(getPastVotes(client, { ...ofDave, timepoint })).rejects.toBeInstanceOf(FutureLookupError)
  await expect(getPastTotalSupply(client, { timepoint, token })).rejects.toMatchObject({ timepoint })
})
