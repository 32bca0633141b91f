import { dropChannel, enterBill } from '../books/books.js'
import type { ChannelRecord } from '../books/channelRecord.js'
import type { Bookkeeper } from '../books/createBookkeeper.js'
import type { ChannelState } from '../channel/channel.js'
import { larger } from '../internal/compare.js'
import type { ConsumerContext } from './context.js'
import { readState } from './readState.js'

/** How long a channel that never came to be is looked for on chain, in milliseconds. */
const patience = 86_400_000

/**
 * Strikes channels off the books that the chain says ended: what was signed for them can no longer be taken.
 *
 * @param context - The consumer.
 * @param books - The books.
 */
export async function sweepChannels(context: ConsumerContext, books: Bookkeeper): Promise<void> {
  const { channels } = await books.transact((held) => ({ books: held, result: held }))
  for (const record of channels.values()) {
    if (record.name !== context.name || record.status !== 'ending') continue
    const state = await readState(context, { record })
    const missing = state.deposit === 0n && record.openedAt < context.now() - patience
    if (state.closed || missing) await strikeChannel(context, books, record, state)
  }
}

/** Strikes a channel off the books, and enters what it paid beyond its bills. */
export async function strikeChannel(
  context: ConsumerContext,
  books: Bookkeeper,
  { channelId }: Pick<ChannelRecord, 'channelId'>,
  { settled }: Pick<ChannelState, 'settled'>,
): Promise<void> {
  context.past.spent += await books.transact((held) => {
    const record = held.channels.get(channelId)
    if (!record) return { books: held, result: 0n }
    const amount = larger(settled - record.billed, 0n)
    const paid = amount > 0n ? enterBill(held, { amount, now: context.now(), record }) : held
    return { books: dropChannel(paid, channelId), result: amount }
  })
}
