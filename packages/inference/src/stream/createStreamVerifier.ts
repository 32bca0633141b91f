import type { Hash, Hex } from 'viem'

import { readHex, toHex } from '../internal/hex.js'
import { createNobleEngine } from '../signature/createNobleEngine.js'
import type { SignatureEngine } from '../signature/engine.js'
import { maxStreamSteps } from './createStream.js'
import { StreamCommitMalformedError, StreamLinkError } from './errors.js'

/** A payee's view of a hash chain: what was revealed so far. */
export type StreamVerifier = {
  /** How many links were revealed. The payee is owed `base + steps * unit`. */
  readonly steps: number
  /** The last revealed link, which `settleStream` takes; the root before the first. */
  readonly link: Hash
  /**
   * Takes the next link, which may skip some.
   *
   * @param link - The link that was revealed.
   * @returns How many links are revealed in total now.
   * @throws {@link StreamLinkError} when it does not lead to the last link; nothing has changed then.
   */
  advance(link: Hex): number
}

/**
 * Checks the links of a stream as they are revealed: one Keccak-256 each instead of a signature.
 *
 * @param parameters - {@link createStreamVerifier.Parameters}
 * @returns The verifier, at the root of the chain.
 * @throws {@link StreamCommitMalformedError} when the root is not 32 bytes or `maxSteps` is out of range.
 *
 * @example
 * ```ts
 * import { createStream, createStreamVerifier } from '@aitoken/inference'
 *
 * const stream = createStream({ maxSteps: 256 })
 * const verifier = createStreamVerifier(stream)
 * export const steps = verifier.advance(stream.reveal(3))
 * ```
 */
export function createStreamVerifier(parameters: createStreamVerifier.Parameters): StreamVerifier {
  const { engine = createNobleEngine({ tables: 0 }), maxSteps, root } = parameters
  const start = readHex(root, 32)
  if (!start) throw new StreamCommitMalformedError({ reason: 'its root is not 32 bytes' })
  if (!Number.isInteger(maxSteps) || maxSteps < 1 || maxSteps > maxStreamSteps)
    throw new StreamCommitMalformedError({
      reason: `\`maxSteps\` is 1 to ${maxStreamSteps}, not ${maxSteps}`,
    })
  let last = start
  let steps = 0

  return {
    advance(link) {
      const revealed = readHex(link, 32)
      if (!revealed) throw new StreamLinkError({ reason: 'it is not 32 bytes', steps })
      let reached = revealed
      for (let skipped = 1; steps + skipped <= maxSteps; skipped++) {
        reached = engine.keccak256(reached)
        if (!isEqual(reached, last)) continue
        last = revealed
        steps += skipped
        return steps
      }
      throw new StreamLinkError({ reason: 'it does not lead to the last one', steps })
    },
    get link() {
      return toHex(last)
    },
    get steps() {
      return steps
    },
  }
}

export declare namespace createStreamVerifier {
  type Parameters = {
    /** What hashes. @default the pure JavaScript engine */
    engine?: SignatureEngine | undefined
    /** Number of links that the payer committed to. */
    maxSteps: number
    /** End of the chain that the payer committed to. */
    root: Hex
  }
  type ErrorType = StreamCommitMalformedError
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  for (let index = 0; index < 32; index++) if (one[index] !== other[index]) return false
  return true
}
