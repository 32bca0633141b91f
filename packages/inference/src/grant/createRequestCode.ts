import type { Hash, Hex } from 'viem'

import { readHex, toHex, writeHex } from '../internal/hex.js'
import { hmacSha256 } from '../internal/hmac.js'
import { sha256 } from '../internal/sha256.js'
import { GrantMalformedError } from './errors.js'

/** First byte of what a code covers, so that one is never taken for another. */
const ofRequest = 1
const ofReceipt = 2

/**
 * Creates the code of a session's request: HMAC-SHA256 over `1`, channel id 32, number 8, whether it does without a
 * receipt 1, price tag 8, SHA-256 of the body 32, and the path.
 *
 * @param parameters - {@link createRequestCode.Parameters}
 * @returns The code, of 32 bytes.
 * @throws {@link GrantMalformedError} when a value has the wrong length.
 *
 * @example
 * ```ts
 * import { createRequestCode } from '@aitoken/inference'
 *
 * export const codeOf = (key: `0x${string}`, body: Uint8Array, counter: bigint) =>
 *   createRequestCode({
 *     body,
 *     channelId: `0x${'00'.repeat(32)}`,
 *     counter,
 *     key,
 *     path: '/v1/chat/completions',
 *     priceTag: '0x5555555555555555',
 *   })
 * ```
 */
export function createRequestCode(parameters: createRequestCode.Parameters): Hash {
  const { body, channelId, counter, key, path, priceTag, unreceipted = false } = parameters
  const covered = new Uint8Array(82)
  covered[0] = ofRequest
  covered[41] = unreceipted ? 1 : 0
  const fits = writeHex(covered, 1, channelId, 32) && writeHex(covered, 42, priceTag, 8)
  if (!fits || counter < 0n || counter >> 64n !== 0n)
    throw new GrantMalformedError({ reason: 'a value of a request does not fit its field' })
  new DataView(covered.buffer).setBigUint64(33, counter)
  covered.set(sha256(body), 50)
  return toHex(hmacSha256(readKey(key), [covered, new TextEncoder().encode(path)]))
}

export declare namespace createRequestCode {
  type Parameters = {
    /** The request's body. */
    body: Uint8Array
    /** The channel that pays. */
    channelId: Hex
    /** The request's number in the session, from 1. */
    counter: bigint
    /** The session's key, of 32 bytes. */
    key: Hex
    /** The request's path. */
    path: string
    /** First 8 bytes of the price table's hash. */
    priceTag: Hex
    /** Whether the payer does without a receipt. @default false */
    unreceipted?: boolean | undefined
  }
  type ErrorType = GrantMalformedError
}

/**
 * Creates the code that a session's receipt carries instead of a signature: HMAC-SHA256 over `2` and the receipt's
 * EIP-712 digest. It convinces the payer and nobody else; the channel's account always has the signed one.
 *
 * @param parameters - The receipt's digest and the session's key, each of 32 bytes.
 * @returns The code, of 32 bytes.
 * @throws {@link GrantMalformedError} when the key has the wrong length.
 */
export function createReceiptCode({ digest, key }: { digest: Uint8Array; key: Hex }): Hash {
  return toHex(hmacSha256(readKey(key), [Uint8Array.of(ofReceipt), digest]))
}

/** Whether two codes are the same, in a time that does not tell where they differ. */
export function isSameCode(one: Hex, other: Hex): boolean {
  const [first, second] = [one.toLowerCase(), other.toLowerCase()]
  let difference = first.length ^ second.length
  for (let index = 0; index < first.length; index++)
    difference |= first.charCodeAt(index) ^ second.charCodeAt(index)
  return difference === 0
}

function readKey(key: Hex): Uint8Array {
  const bytes = readHex(key, 32)
  if (!bytes) throw new GrantMalformedError({ reason: 'its key is not 32 bytes' })
  return bytes
}
