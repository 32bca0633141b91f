import type { Archive } from '../archive/archive.js'
import type { ChannelRecord } from './channelRecord.js'
import { decodeBooks } from './encodeBooks.js'

/**
 * Lists the channels that a consumer's store holds: those that may still cost something, of every payer, chain and
 * token. Nothing is read from a chain.
 *
 * @param store - The store that a consumer was given.
 * @returns The channels.
 * @throws `ArchiveDamagedError` when the store holds what no consumer wrote.
 *
 * @example
 * ```ts
 * import { type Archive, listChannels } from '@aitoken/inference'
 *
 * export async function sumDeposits(store: Archive) {
 *   let sum = 0n
 *   for await (const { deposit } of listChannels(store)) sum += deposit
 *   return sum
 * }
 * ```
 */
export async function* listChannels(store: Archive): AsyncGenerator<ChannelRecord, void, undefined> {
  for await (const { key, text } of store.list('books|')) yield* decodeBooks(key, text).channels.values()
}
