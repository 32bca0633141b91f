import fc from 'fast-check'
import { type Hex, hexToBytes, keccak256, recoverPublicKey, toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, test } from 'vitest'

import { createNobleEngine } from './createNobleEngine.js'
import { createWasmEngine } from './createWasmEngine.js'
import { EngineUnavailableError, SignatureMalformedError } from './errors.js'
import { loadEngine } from './loadEngine.js'

const engines = [createNobleEngine(), await createWasmEngine()]
const bytes32 = fc.uint8Array({ maxLength: 32, minLength: 32 })
const privateKeys = bytes32.map((bytes) => Uint8Array.from([1, ...bytes.subarray(1)]))

describe.each(engines)('$name', (engine) => {
  test('property: hashes, signs and recovers as viem does', async () => {
    const property = fc.asyncProperty(privateKeys, bytes32, async (privateKey, digest) => {
      const account = privateKeyToAccount(toHex(privateKey))
      const signature = engine.sign(digest, privateKey)
      expect(toHex(engine.keccak256(digest))).toBe(keccak256(digest))
      expect(toHex(engine.getPublicKey(privateKey))).toBe(account.publicKey)
      expect(toHex(signature)).toBe(await account.sign({ hash: toHex(digest) }))
      expect(toHex(engine.recover(digest, signature))).toBe(account.publicKey)
      expect(await recoverPublicKey({ hash: digest, signature: toHex(signature) })).toBe(account.publicKey)
    })
    await fc.assert(property, { numRuns: 10 })
  })

  test('property: verifies what was signed, and nothing else', () => {
    const property = fc.property(privateKeys, bytes32, fc.nat({ max: 255 }), (privateKey, digest, bit) => {
      const publicKey = engine.getPublicKey(privateKey)
      const signature = engine.sign(digest, privateKey)
      expect(engine.verify(digest, signature, publicKey)).toBe(true)
      expect(engine.verify(flip(digest, bit), signature, publicKey)).toBe(false)
      expect(engine.verify(digest, flip(signature, bit), publicKey)).toBe(false)
      expect(engine.verify(digest, flip(signature, 256 + bit), publicKey)).toBe(false)
      const other = engine.getPublicKey(flip(privateKey, 100))
      expect(engine.verify(digest, signature, other)).toBe(false)
    })
    fc.assert(property, { numRuns: 10 })
  })

  test('behavior: a key that comes back often verifies the same', () => {
    const privateKey = new Uint8Array(32).fill(3)
    const publicKey = engine.getPublicKey(privateKey)
    for (let round = 0; round < 40; round++) {
      const digest = engine.keccak256(Uint8Array.of(round))
      const signature = engine.sign(digest, privateKey)
      expect(engine.verify(digest, signature, publicKey)).toBe(true)
      expect(engine.verify(digest, flip(signature, 2 * round), publicKey)).toBe(false)
      expect(engine.verify(digest, highOf(signature), publicKey)).toBe(false)
      expect(engine.verify(digest, new Uint8Array(65), publicKey)).toBe(false)
    }
  })

  test('error: SignatureMalformedError', () => {
    const digest = new Uint8Array(32).fill(1)
    // No point of the curve has this x.
    const offCurve = hexToBytes(`0x${'00'.repeat(31)}05${'00'.repeat(31)}011b`)
    expect(() => engine.recover(digest, offCurve)).toThrow(SignatureMalformedError)
  })
})

test('behavior: forgets the keys that did not come back', () => {
  const engine = createNobleEngine({ tables: 2 })
  const digest = new Uint8Array(32).fill(9)
  for (let index = 1; index < 60; index++) {
    const privateKey = new Uint8Array(32).fill(1 + (index % 4))
    expect(engine.verify(digest, engine.sign(digest, privateKey), engine.getPublicKey(privateKey))).toBe(true)
  }
})

test('behavior: loads the fastest engine once', async () => {
  const engine = await loadEngine()
  expect(engine.name).toBe('wasm')
  expect(await loadEngine({ prefer: 'wasm' })).toBe(engine)
  expect((await loadEngine({ prefer: 'noble' })).name).toBe('noble')
})

test('error: EngineUnavailableError', () => {
  const cause = new Error('CompileError')
  expect(new EngineUnavailableError({ cause })).toMatchObject({ cause, name: 'EngineUnavailableError' })
})

/** The same bytes with one bit flipped. */
function flip(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
}

/** The same signature with the other `s`, which the curve allows and Ethereum does not. */
function highOf(signature: Uint8Array): Uint8Array {
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
  const s = order - BigInt(toHex(signature.subarray(32, 64)))
  const high: Hex = toHex(s, { size: 32 })
  return Uint8Array.from([...signature.subarray(0, 32), ...hexToBytes(high), signature[64] === 27 ? 28 : 27])
}
