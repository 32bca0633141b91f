import { type Books, putChannel } from '../books/books.js'
import type { ChannelRecord } from '../books/channelRecord.js'
import type { ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'
import { ChannelTakenError } from './errors.js'

/**
 * Changes a channel's record in the books, durably, before anybody can see what follows from it.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param change - Computes the new record, or the new books; it may run more than once.
 * @throws {@link ChannelTakenError} when another consumer signs for the channel now; nothing changed then.
 */
export async function changeRecord(
  { holder }: ConsumerContext,
  account: ProviderAccount,
  change: (record: ChannelRecord, books: Books) => Books | ChannelRecord,
): Promise<ChannelRecord> {
  const { channelId } = account.record
  const result = await account.books.transact((books) => {
    const record = books.channels.get(channelId)
    if (record?.holder !== holder) throw new ChannelTakenError({ channelId, name: account.record.name })
    const changed = change(record, books)
    const next = 'channels' in changed ? changed : putChannel(books, changed)
    return { books: next, result: next.channels.get(channelId) ?? record }
  })
  account.record = result
  return result
}
