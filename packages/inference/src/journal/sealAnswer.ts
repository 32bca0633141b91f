import type { Hex } from 'viem'

import { decryptAesGcm, encryptAesGcm, tagLength } from '../internal/aesGcm.js'
import { readHex, writeHex } from '../internal/hex.js'
import { hmacSha256 } from '../internal/hmac.js'
import type { Claim } from './createClaim.js'

/** The numbers of a receipt that only the book gives out, when the answer is written with it. */
export type ReceiptNumbers = { readonly cumulative: bigint; readonly sequence: bigint }

/** What opens one claim's answer, and proves the numbers that were added when it was sealed. */
export type AnswerKeys = { readonly authentication: Uint8Array; readonly encryption: Uint8Array<ArrayBuffer> }

/** Layout: version 1, nonce 12, sequence 16, cumulative 16, code 32, then what is encrypted and its tag. */
const [nonceAt, numbersAt, codeAt, dataAt] = [1, 13, 45, 77]

/** Raised when sealed answers would read differently. */
const version = 1

/**
 * Derives the keys of one claim (HKDF-SHA256, RFC 5869). They need the payer's own idempotency key, so that who
 * has the provider's secret and its database still opens nothing.
 *
 * @param secret - The provider's secret, extracted: 32 bytes.
 * @param claim - The claim.
 * @returns The keys.
 */
export function deriveKeys(secret: Uint8Array, { channelId, key }: Claim): AnswerKeys {
  const channel = new Uint8Array(32)
  writeHex(channel, 0, channelId, 32)
  const info = [new TextEncoder().encode('aitoken journal\n'), channel, new TextEncoder().encode(key)]
  const encryption = hmacSha256(secret, [...info, Uint8Array.of(1)])
  const authentication = hmacSha256(secret, [encryption, ...info, Uint8Array.of(2)])
  return { authentication, encryption: new Uint8Array(encryption) }
}

/**
 * Encrypts an answer (AES-256-GCM).
 *
 * @param keys - The claim's keys.
 * @param parameters - The answer, and the fingerprint that is bound to it.
 * @returns Completes it, at once, with the numbers of its receipt.
 */
export async function sealAnswer(
  { authentication, encryption }: AnswerKeys,
  { data, fingerprint }: { data: Uint8Array<ArrayBuffer>; fingerprint: Hex },
): Promise<(numbers: ReceiptNumbers) => Uint8Array<ArrayBuffer>> {
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const encrypted = await encryptAesGcm(data, { bound: toBound(fingerprint), key: encryption, nonce })
  return ({ cumulative, sequence }) => {
    const sealed = new Uint8Array(dataAt + encrypted.length)
    sealed[0] = version
    sealed.set(nonce, nonceAt)
    const view = new DataView(sealed.buffer)
    for (const [index, value] of [sequence, cumulative].entries()) {
      view.setBigUint64(numbersAt + 16 * index, value >> 64n)
      view.setBigUint64(numbersAt + 16 * index + 8, value & 0xffffffffffffffffn)
    }
    sealed.set(encrypted, dataAt)
    sealed.set(codeOf(authentication, sealed), codeAt)
    return sealed
  }
}

/**
 * Decrypts an answer.
 *
 * @param keys - The claim's keys.
 * @param parameters - What was sealed, and the fingerprint that it is kept with.
 * @returns The answer and the numbers of its receipt; undefined when anything of it was altered.
 */
export async function openAnswer(
  { authentication, encryption }: AnswerKeys,
  { fingerprint, sealed }: { fingerprint: Hex; sealed: Uint8Array },
): Promise<{ data: Uint8Array<ArrayBuffer>; numbers: ReceiptNumbers } | undefined> {
  if (sealed.length < dataAt + tagLength || sealed[0] !== version) return undefined
  const code = codeOf(authentication, sealed)
  let difference = 0
  for (let index = 0; index < 32; index++) difference |= (code[index] ?? 0) ^ (sealed[codeAt + index] ?? 0)
  if (difference !== 0) return undefined
  const [nonce, encrypted] = [sealed.slice(nonceAt, numbersAt), sealed.slice(dataAt)]
  const bound = toBound(fingerprint)
  const data = await decryptAesGcm(new Uint8Array(encrypted), {
    bound,
    key: encryption,
    nonce: new Uint8Array(nonce),
  }).catch(() => undefined)
  if (!data) return undefined
  const view = new DataView(sealed.buffer, sealed.byteOffset)
  const read = (at: number) => (view.getBigUint64(at) << 64n) | view.getBigUint64(at + 8)
  return { data, numbers: { cumulative: read(numbersAt + 16), sequence: read(numbersAt) } }
}

/** Proves the numbers and the nonce; the tag at the end stands for all that is encrypted. */
function codeOf(authentication: Uint8Array, sealed: Uint8Array): Uint8Array {
  return hmacSha256(authentication, [sealed.subarray(0, codeAt), sealed.subarray(sealed.length - tagLength)])
}

function toBound(fingerprint: Hex): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readHex(fingerprint, 32) ?? new Uint8Array(0))
}
