import type { ChannelState } from '../channel/channel.js'
import type { ProviderAccount } from './account.js'
import { changeRecord } from './changeRecord.js'
import type { ConsumerContext } from './context.js'
import { keepPast } from './keepReceipt.js'
import { strikeChannel } from './sweepChannels.js'

/**
 * Ends dealings whose channel ended, or is about to: the next request opens another one.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param state - The channel as the chain has it.
 */
export async function retireAccount(
  context: ConsumerContext,
  account: ProviderAccount,
  state: ChannelState,
): Promise<void> {
  const { accounts, opened } = context
  // Of several requests that find the channel ending, the first retires it: what is held after that is its successor.
  if (opened.delete(account)) {
    accounts.delete(account.origin)
    keepPast(context, [...account.receipts.values()])
  }
  if (state.closed) return strikeChannel(context, account.books, account.record, state)
  // Until the exit is over, what was signed can be taken.
  await changeRecord(context, account, (record) => ({ ...record, exitAt: state.closeAt, status: 'ending' }))
}
