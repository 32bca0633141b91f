import type { Hex } from 'viem'

import { toHex } from '../internal/hex.js'
import { sha256 } from '../internal/sha256.js'
import { join } from '../wire/comment.js'

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
  const terms = encoder.encode(`${path}\n${priceTag}\n`)
  const named = encoder.encode(`aitoken request\n${channelId}\n${key}`)
  const fingerprint = toHex(sha256(join([terms, sha256(bytes)])))
  return { channelId, fingerprint, key, requestId: `key-${toHex(sha256(named)).slice(2)}` }
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
