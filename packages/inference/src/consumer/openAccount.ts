import { isSameAddress } from '../internal/address.js'
import type { Quote } from '../wire/quote.js'
import type { ChannelRecord, ProviderAccount } from './account.js'
import { type ConsumerContext, storeKey } from './context.js'

/**
 * Begins dealings with a provider: reads its quote, and finds the channel of an earlier run or opens one.
 *
 * @param context - The consumer.
 * @param origin - The provider.
 * @returns The dealings.
 * @throws What reading the quote and opening the channel throw; nothing is owed then.
 */
export async function openAccount(context: ConsumerContext, origin: string): Promise<ProviderAccount> {
  const { readQuote } = await import('./readQuote.js')
  const quote = await readQuote(context, origin)
  const key = storeKey(context, origin)
  const held = await context.store.load(key)
  const kept = held && isSameAddress(held.channel.payee, quote.payee) ? held : undefined
  const record = kept ?? (await open(context, quote))
  if (!kept) await context.store.save(key, record)
  const account: ProviderAccount = {
    allotments: new Set(),
    base: record.signed,
    began: record.billed,
    disputed: 0n,
    introduced: false,
    origin,
    quote,
    receipts: new Map(),
    record,
    stopped: undefined,
  }
  // What an earlier run signed for without a bill is settled when the provider tells its account.
  if (record.signed > record.billed) {
    const amount = record.signed - record.billed
    account.allotments.add({ amount, lost: true, most: amount })
  }
  context.opened.add(account)
  return account
}

/** Ends dealings whose channel ended: the next request opens another one. */
export async function forgetAccount(context: ConsumerContext, { origin }: ProviderAccount): Promise<void> {
  context.accounts.delete(origin)
  await context.store.save(storeKey(context, origin), undefined)
}

/** Opens a channel. What writes to the chain is large and needed once, so it is loaded only then. */
async function open(context: ConsumerContext, quote: Quote): Promise<ChannelRecord> {
  const { fundChannel } = await import('./fundChannel.js')
  return fundChannel(context, quote)
}
