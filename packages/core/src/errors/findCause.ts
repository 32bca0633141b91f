/**
 * Walks from an error through its causes to the first that satisfies a test.
 * It asks for shapes, not classes: a wallet may bring its own copy of viem.
 */
export function findCause<found extends object>(
  error: unknown,
  test: (error: object) => error is found,
): found | undefined {
  const seen = new Set<unknown>()
  for (
    let current = error;
    isObject(current) && !seen.has(current);
    current = Reflect.get(current, 'cause')
  ) {
    if (test(current)) return current
    seen.add(current)
  }
  return undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
