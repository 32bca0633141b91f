import type { Hex } from 'viem'

import { toHex, writeHex } from '../internal/hex.js'
import { createSha256, sha256 } from '../internal/sha256.js'

/** What a request with an idempotency key lays claim to. */
export type Claim = {
  /** The channel that pays; other payers may use the same key. */
  readonly channelId: Hex
  /** Digest of path, price table and body: another request under the same key is refused. */
  readonly fingerprint: Hex
  /** The key as it came. It is written nowhere. */
  readonly key: string
  /** Name of the request on its channel, derived from the key. */
  readonly requestId: string
}

/**
 * Names a request by its idempotency key. The same key of the same payer always gives the same name, so the
 * reservation in the book is what says that the request is being served.
 *
 * @param parameters - {@link createClaim.Parameters}
 * @returns The claim.
 */
export function createClaim({ bytes, channelId, key, path, priceTag }: createClaim.Parameters): Claim {
  const encoder = new TextEncoder()
  const fingerprint = createSha256()
  fingerprint.update(encoder.encode(`${path}\n${priceTag}\n`))
  fingerprint.update(sha256(bytes))
  const channel = new Uint8Array(32)
  writeHex(channel, 0, channelId, 32)
  const name = createSha256()
  name.update(encoder.encode('aitoken request\n'))
  name.update(channel)
  name.update(encoder.encode(key))
  const requestId = `key-${toHex(name.digest()).slice(2)}`
  return { channelId, fingerprint: toHex(fingerprint.digest()), key, requestId }
}

export declare namespace createClaim {
  type Parameters = {
    /** The request body. */
    bytes: Uint8Array
    /** The channel that pays. */
    channelId: Hex
    /** The idempotency key. */
    key: string
    /** The request's path. */
    path: string
    /** What the payer believes it pays. */
    priceTag: Hex
  }
}
