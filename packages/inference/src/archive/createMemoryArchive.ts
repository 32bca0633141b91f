import type { Archive } from './archive.js'
import { compareKeys } from './compareKeys.js'

/**
 * Creates an archive that forgets everything when the process ends.
 *
 * @returns The archive.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { createMemoryArchive } from '@aitoken/inference'
 * import { createConsumer } from '@aitoken/inference/consumer'
 *
 * // Two consumers that share one day's budget.
 * export function hire(client: WriteClient) {
 *   const budget = { day: 2_000_000n, session: 1_000_000n }
 *   const store = createMemoryArchive()
 *   return ['left', 'right'].map((name) => createConsumer({ budget, client, name, session: name, store }))
 * }
 * ```
 */
export function createMemoryArchive(): Archive {
  const texts = new Map<string, string>()
  return {
    // There is nothing to give back.
    close: async () => undefined,
    async *list(prefix) {
      const found = [...texts].filter(([key]) => key.startsWith(prefix))
      for (const [key, text] of found.sort(compareKeys)) yield { key, text }
    },
    // `fn` is synchronous, so nothing can come between the read and the write.
    async transact(key, fn) {
      const { result, text } = fn(texts.get(key))
      if (text === undefined) texts.delete(key)
      else texts.set(key, text)
      return result
    },
  }
}
