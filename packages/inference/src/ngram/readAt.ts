/**
 * Reads an element that the caller knows to be there.
 *
 * @internal
 */
export function readAt<value>(values: ArrayLike<value>, index: number): value {
  // Callers loop within `values`: an index type cannot say so, and a check would double the cost of a step.
  return values[index] as value
}
