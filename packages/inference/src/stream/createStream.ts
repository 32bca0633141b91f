import type { Hash, Hex } from 'viem'

import { readHex, toHex } from '../internal/hex.js'
import { createNobleEngine } from '../signature/createNobleEngine.js'
import type { SignatureEngine } from '../signature/engine.js'
import { StreamCommitMalformedError } from './errors.js'

/** Longest hash chain that the contract settles. */
export const maxStreamSteps = 1024

/** A payer's hash chain: commits to `root`, then pays by revealing link after link. */
export type Stream = {
  /** Number of links. */
  readonly maxSteps: number
  /** What the payer commits to: the seed, hashed `maxSteps` times. */
  readonly root: Hash
  /** The link that pays for `steps` units in total, `1` to `maxSteps`. It hashes to `root` in `steps` steps. */
  reveal(steps: number): Hash
}

/**
 * Creates the hash chain of a stream, all of whose links are kept: 32 kB for the longest.
 *
 * @param parameters - {@link createStream.Parameters}
 * @returns The chain. Its seed, the last link, must stay secret.
 * @throws {@link StreamCommitMalformedError} when the seed is not 32 bytes or `maxSteps` is out of range; `reveal`
 * throws it for a step outside the chain.
 *
 * @example
 * ```ts
 * import { createStream } from '@aitoken/inference'
 *
 * const stream = createStream({ maxSteps: 256 })
 * export const commitment = { base: 0n, maxSteps: stream.maxSteps, root: stream.root, unit: 1_000n }
 * export const firstPayment = stream.reveal(1)
 * ```
 */
export function createStream(parameters: createStream.Parameters): Stream {
  const { engine = createNobleEngine({ tables: 0 }), maxSteps, seed } = parameters
  if (!Number.isInteger(maxSteps) || maxSteps < 1 || maxSteps > maxStreamSteps)
    throw new StreamCommitMalformedError({
      reason: `\`maxSteps\` is 1 to ${maxStreamSteps}, not ${maxSteps}`,
    })
  const start = seed === undefined ? crypto.getRandomValues(new Uint8Array(32)) : readHex(seed, 32)
  if (!start) throw new StreamCommitMalformedError({ reason: 'its seed is not 32 bytes' })

  // Link k lies at k * 32; link 0 is the root and link `maxSteps` the seed.
  const links = new Uint8Array(32 * (maxSteps + 1))
  links.set(start, 32 * maxSteps)
  for (let step = maxSteps; step > 0; step--)
    links.set(engine.keccak256(links.subarray(32 * step, 32 * step + 32)), 32 * (step - 1))
  const linkOf = (step: number) => toHex(links.subarray(32 * step, 32 * step + 32))

  return {
    maxSteps,
    reveal(steps) {
      if (!Number.isInteger(steps) || steps < 1 || steps > maxSteps)
        throw new StreamCommitMalformedError({ reason: `step ${steps} is not one of 1 to ${maxSteps}` })
      return linkOf(steps)
    },
    root: linkOf(0),
  }
}

export declare namespace createStream {
  type Parameters = {
    /** What hashes. @default the pure JavaScript engine */
    engine?: SignatureEngine | undefined
    /** Number of links: how many units the stream can pay for, at most 1,024. */
    maxSteps: number
    /** The secret the chain grows from, 32 bytes. @default random */
    seed?: Hex | undefined
  }
  type ErrorType = StreamCommitMalformedError
}
