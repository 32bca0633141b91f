import fc from 'fast-check'
import { type Hex, toHex } from 'viem'
import { expect, test } from 'vitest'

import { SignatureMalformedError } from './errors.js'
import { loadEngine } from './loadEngine.js'
import { privateKeyToSigner } from './privateKeyToSigner.js'
import { recoverSigner } from './recoverSigner.js'
import { restoreParity } from './restoreParity.js'

const engine = await loadEngine()
const signer = privateKeyToSigner(`0x${'11'.repeat(32)}`, { engine })
const mallory = privateKeyToSigner(`0x${'66'.repeat(32)}`, { engine })
const digests = fc.uint8Array({ maxLength: 32, minLength: 32 })

test('property: puts the right last byte on a signature, whatever it was', () => {
  const property = fc.property(digests, fc.nat({ max: 255 }), (bytes, last) => {
    const [digest, signature] = [toHex(bytes), toHex(signer.signDigest(bytes))]
    const altered: Hex = `0x${signature.slice(2, -2)}${last.toString(16).padStart(2, '0')}`
    const restored = restoreParity({ digest, engine, signature: altered, signer: signer.address })
    expect(restored).toBe(signature)
    expect(recoverSigner({ digest, engine, signature: restored })).toBe(signer.address)
  })
  fc.assert(property, { numRuns: 50 })
})

test('property: leaves alone what the signer did not sign', () => {
  const property = fc.property(digests, digests, (bytes, other) => {
    const [digest, signature] = [toHex(bytes), toHex(mallory.signDigest(bytes))]
    expect(restoreParity({ digest, engine, signature, signer: signer.address })).toBe(signature)
    const elsewhere = toHex(signer.signDigest(other))
    if (toHex(other) === digest) return
    expect(restoreParity({ digest, engine, signature: elsewhere, signer: signer.address })).toBe(elsewhere)
  })
  fc.assert(property, { numRuns: 20 })
})

test('behavior: leaves signatures of contract wallets alone', () => {
  const digest: Hex = `0x${'22'.repeat(32)}`
  for (const signature of ['0x', '0x1234', `0x${'00'.repeat(65)}`, `0x${'ff'.repeat(65)}`] as Hex[])
    expect(restoreParity({ digest, signature, signer: signer.address })).toBe(signature)
})

test('error: SignatureMalformedError', () => {
  const signature = toHex(signer.signDigest(new Uint8Array(32)))
  expect(() => recoverSigner({ digest: '0x12', signature })).toThrow(SignatureMalformedError)
  expect(() => recoverSigner({ digest: `0x${'22'.repeat(32)}`, signature: '0x' })).toThrow(
    SignatureMalformedError,
  )
})
