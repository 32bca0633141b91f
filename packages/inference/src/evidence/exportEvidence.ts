import type { Archive } from '../archive/archive.js'

/**
 * Exports what a consumer's store holds about its channels, for somebody else to check: each channel's terms, its
 * receipts by number, and proofs of misconduct. Nothing in it is secret but the prompts' digests.
 *
 * @param store - The store that a consumer was given.
 * @returns Lines of JSON, without line ends.
 *
 * @example
 * ```ts
 * import { type Archive, exportEvidence } from '@aitoken/inference'
 *
 * export async function save(store: Archive, write: (line: string) => Promise<void>) {
 *   for await (const line of exportEvidence(store)) await write(`${line}\n`)
 * }
 * ```
 */
export async function* exportEvidence(store: Archive): AsyncGenerator<string, void, undefined> {
  for await (const { text } of store.list('evidence|')) yield text
}
