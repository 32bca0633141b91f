import fc from 'fast-check'
import { type Hex, hashTypedData, keccak256, toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { expect, test } from 'vitest'

import { loadEngine } from '../signature/loadEngine.js'
import { privateKeyToSigner } from '../signature/privateKeyToSigner.js'
import { createStream } from './createStream.js'
import { createStreamVerifier } from './createStreamVerifier.js'
import { StreamCommitMalformedError, StreamCommitSignerError, StreamLinkError } from './errors.js'
import { hashStreamCommit } from './hashStreamCommit.js'
import { signStreamCommit } from './signStreamCommit.js'
import { toStreamCommitTypedData } from './streamCommit.js'
import { verifyStreamCommit } from './verifyStreamCommit.js'

const engine = await loadEngine()
const account = privateKeyToAccount(`0x${'11'.repeat(32)}`)
const signer = privateKeyToSigner(`0x${'11'.repeat(32)}`, { engine })

const hexOf = (size: number) =>
  fc.uint8Array({ maxLength: size, minLength: size }).map((bytes): Hex => toHex(bytes))
const commits = fc.record({
  base: fc.bigInt({ max: 2n ** 128n - 1n, min: 0n }),
  chainId: fc.integer({ max: 2 ** 48, min: 1 }),
  channelId: hexOf(32),
  channels: hexOf(20),
  maxSteps: fc.integer({ max: 2 ** 32 - 1, min: 0 }),
  root: hexOf(32),
  unit: fc.bigInt({ max: 2n ** 128n - 1n, min: 0n }),
})
const [commit] = fc.sample(commits, { numRuns: 1, seed: 1 })
if (!commit) throw new RangeError('fast-check gave no sample')

test('property: hashes to what viem hashes', () => {
  const property = fc.property(commits, (commit) => {
    expect(hashStreamCommit({ ...commit, engine })).toBe(hashTypedData(toStreamCommitTypedData(commit)))
  })
  fc.assert(property, { numRuns: 100 })
})

test('property: verifies what was signed, and nothing else', async () => {
  const property = fc.asyncProperty(commits, commits, async (commit, other) => {
    const signature = await signStreamCommit(signer, commit)
    expect(await signStreamCommit(account, commit)).toBe(signature)
    const signed = { ...commit, engine, signature, signer: signer.address }
    await expect(verifyStreamCommit(signed)).resolves.toBeUndefined()
    for (const field of ['base', 'chainId', 'channelId', 'channels', 'maxSteps', 'root', 'unit'] as const) {
      if (other[field] === commit[field]) continue
      const altered = verifyStreamCommit({ ...signed, [field]: other[field] })
      await expect(altered).rejects.toBeInstanceOf(StreamCommitSignerError)
    }
  })
  await fc.assert(property, { numRuns: 20 })
})

test('property: every link leads to the root, in as many steps as it pays for', () => {
  const property = fc.property(fc.integer({ max: 40, min: 1 }), hexOf(32), (maxSteps, seed) => {
    const stream = createStream({ engine, maxSteps, seed })
    for (let steps = 1; steps <= maxSteps; steps++) {
      let reached = stream.reveal(steps)
      for (let step = 0; step < steps; step++) reached = keccak256(reached)
      expect(reached).toBe(stream.root)
    }
    expect(stream.reveal(maxSteps)).toBe(seed)
  })
  fc.assert(property, { numRuns: 20 })
})

test('property: the payee counts what was revealed, whatever was skipped', () => {
  const property = fc.property(
    fc
      .uniqueArray(fc.integer({ max: 60, min: 1 }), { minLength: 1 })
      .map((steps) => steps.sort((a, b) => a - b)),
    (revealed) => {
      const stream = createStream({ engine, maxSteps: 60 })
      const verifier = createStreamVerifier({ ...stream, engine })
      for (const steps of revealed) {
        expect(verifier.advance(stream.reveal(steps))).toBe(steps)
        expect(verifier.link).toBe(stream.reveal(steps))
        expect(() => verifier.advance(stream.reveal(steps))).toThrow(StreamLinkError)
      }
    },
  )
  fc.assert(property, { numRuns: 20 })
})

test('error: StreamLinkError', () => {
  const stream = createStream({ maxSteps: 4 })
  const verifier = createStreamVerifier(stream)
  verifier.advance(stream.reveal(2))
  const stale = [
    stream.root,
    stream.reveal(1),
    stream.reveal(2),
    createStream({ maxSteps: 4 }).reveal(3),
    '0x12',
  ]
  for (const link of stale as Hex[]) expect(() => verifier.advance(link)).toThrow(StreamLinkError)
  expect(verifier).toMatchObject({ link: stream.reveal(2), steps: 2 })
  const beyond = createStreamVerifier({ maxSteps: 2, root: stream.root })
  expect(() => beyond.advance(stream.reveal(3))).toThrow(StreamLinkError)
})

test('error: StreamCommitMalformedError', async () => {
  for (const maxSteps of [0, -1, 1.5, 1025, Number.NaN]) {
    expect(() => createStream({ maxSteps })).toThrow(StreamCommitMalformedError)
    const root: Hex = `0x${'11'.repeat(32)}`
    expect(() => createStreamVerifier({ maxSteps, root })).toThrow(StreamCommitMalformedError)
  }
  const stream = createStream({ maxSteps: 3 })
  for (const steps of [0, 4, 1.5]) expect(() => stream.reveal(steps)).toThrow(StreamCommitMalformedError)
  expect(() => createStream({ maxSteps: 3, seed: '0x12' })).toThrow(StreamCommitMalformedError)
  expect(() => createStreamVerifier({ maxSteps: 3, root: '0x12' })).toThrow(StreamCommitMalformedError)
  for (const wrong of [{ base: -1n }, { maxSteps: 1.5 }, { maxSteps: 2 ** 32 }, { root: '0x' }] as const)
    await expect(signStreamCommit(account, { ...commit, ...wrong })).rejects.toBeInstanceOf(
      StreamCommitMalformedError,
    )
})
