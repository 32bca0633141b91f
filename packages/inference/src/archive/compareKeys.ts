/** Orders entries by key, by code units, as every archive lists them. */
export function compareKeys([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
