/** The larger of two amounts; `Math.max` does not take a `bigint`. */
export function larger(one: bigint, other: bigint): bigint {
  if (one > other) return one
  return other
}

/** The smaller of two amounts; `Math.min` does not take a `bigint`. */
export function smaller(one: bigint, other: bigint): bigint {
  if (one < other) return one
  return other
}
