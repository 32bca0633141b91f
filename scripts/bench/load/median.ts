/** The value that half of them are below. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value that so large a share of them are below. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
