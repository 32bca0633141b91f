/** Every text and every key in a JSON value, in its order. Depth costs no stack, and a cycle ends. */
export function readTexts(value: unknown): string[] {
  const texts: string[] = []
  const seen = new Set<object>()
  const open: unknown[] = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next === 'string') texts.push(next)
    if (typeof next !== 'object' || next === null || seen.has(next)) continue
    seen.add(next)
    const parts: unknown[] = Array.isArray(next) ? next : Object.entries(next).flat()
    for (let index = parts.length - 1; index >= 0; index--) open.push(parts[index])
  }
  return texts
}
