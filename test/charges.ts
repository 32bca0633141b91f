import { expect } from 'vitest'

/**
 * Matches the number of the request that a book charged as its nth: a book counts from the time at which it began, in
 * whole thousands.
 */
export function nthCharge(count: number): unknown {
  return expect.toSatisfy(
    (sequence: bigint) => sequence >= 1_000n && sequence % 1_000n === BigInt(count),
    `the number of charge ${count}`,
  )
}
