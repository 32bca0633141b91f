import { type Books, putChannel } from '../books/books.js'
import type { ChannelRecord } from '../books/channelRecord.js'
import type { Bookkeeper } from '../books/createBookkeeper.js'
import { createSalt } from '../channel/createSalt.js'
import { hashChannel } from '../channel/hashChannel.js'
import { isSameAddress } from '../internal/address.js'
import { smaller } from '../internal/compare.js'
import type { Quote } from '../wire/quote.js'
import type { ProviderAccount } from './account.js'
import { type Agreements, acceptRaise } from './agreePrice.js'
import { changeRecord } from './changeRecord.js'
import type { ConsumerContext } from './context.js'
import { recallReceipts } from './keepReceipt.js'
import { createLanes } from './lanes.js'
import { readQuote } from './readQuote.js'
import { readState } from './readState.js'
import { sweepChannels } from './sweepChannels.js'

/**
 * Begins dealings with a provider: reads its quote, and finds the channel of an earlier run or opens one.
 *
 * @param context - The consumer.
 * @param origin - The provider.
 * @param model - What the first request asks for; undefined without one.
 * @returns The dealings.
 * @throws What reading the quote and opening the channel throw; nothing is owed then.
 */
export async function openAccount(
  context: ConsumerContext,
  origin: string,
  model?: string | undefined,
): Promise<ProviderAccount> {
  const quote = await readQuote(context, origin)
  const books = await context.books()
  await sweepChannels(context, books)
  const agreements: Agreements = { agreed: new Map(), books, deciding: new Map(), origin }
  const price = quote.priceTable.models.find((offered) => offered.model === model)
  // A channel that would buy nothing is not worth its transaction.
  if (price && !(await hasChannel(context, origin))) await acceptRaise(context, agreements, price)
  const { fresh, record } = await takeChannel(context, books, quote, origin)
  const account: ProviderAccount = {
    ...agreements,
    accounted: record.billed,
    allotments: new Set(),
    disputed: 0n,
    introduced: false,
    lanes: createLanes(record.signed),
    quote,
    receipts: new Map(),
    record,
    silences: 0,
    stopped: undefined,
    tables: new Set(),
    turn: undefined,
    unanswered: 0n,
  }
  if (!fresh) await recallReceipts(context, account)
  if (record.status === 'opening') await open(context, account, fresh)
  // What an earlier run signed for without a bill is settled when the provider tells its account.
  if (record.signed > record.billed) {
    const amount = record.signed - record.billed
    account.allotments.add({ amount, lost: true, most: amount })
  }
  context.opened.add(account)
  return account
}

/** Whether there is a channel with a provider, of this run or an earlier one. */
export async function hasChannel(context: ConsumerContext, origin: string): Promise<boolean> {
  const books = await context.books()
  return books.transact((before) => ({
    books: before,
    result: findChannel(context, before, origin) !== undefined,
  }))
}

/** Takes the channel with a provider over, or notes the one that is to be opened. */
async function takeChannel(
  context: ConsumerContext,
  books: Bookkeeper,
  quote: Quote,
  origin: string,
): Promise<{ fresh: boolean; record: ChannelRecord }> {
  const { holder, session } = context
  const intended = intend(context, quote, origin)
  return books.transact((before) => {
    const held = findChannel(context, before, origin)
    const kept = held && isSameAddress(held.channel.payee, quote.payee)
    const record = kept ? { ...held, holder, session } : intended
    // A channel with a payee of before is not used any more, but what it promised stays in the books.
    const left = held && !kept ? putChannel(before, { ...held, status: 'ending' }) : before
    return { books: putChannel(left, record), result: { fresh: !kept, record } }
  })
}

function findChannel({ name }: ConsumerContext, books: Books, origin: string): ChannelRecord | undefined {
  for (const record of books.channels.values())
    if (record.origin === origin && record.name === name && record.status !== 'ending') return record
  return undefined
}

/** A channel that is to be opened. Noted before its transaction is sent, so that a crash never opens two. */
function intend(context: ConsumerContext, quote: Quote, origin: string): ChannelRecord {
  const { channels, client, holder, limits, name, session, signer, token } = context
  const payer = client.account.address
  const channel = {
    authorizedSigner: isSameAddress(signer.address, payer) ? zero : signer.address,
    payee: quote.payee,
    payer,
    salt: createSalt(),
    token,
  }
  const most = smaller(limits.session, limits.provider(origin))
  return {
    billed: 0n,
    channel,
    channelId: hashChannel({ chainId: client.chain.id, channel, channels }),
    deposit: context.deposit ?? most + quote.safetyMargin,
    holder,
    name,
    openedAt: context.now(),
    origin,
    session,
    signed: 0n,
    status: 'opening',
  }
}

const zero = '0x0000000000000000000000000000000000000000'

/** Opens the channel. What writes to the chain is large and needed once, so it is loaded only then. */
async function open(context: ConsumerContext, account: ProviderAccount, fresh: boolean): Promise<void> {
  // An earlier run may have sent the transaction and never learnt what became of it.
  let state = fresh ? undefined : await readState(context, account)
  if (!state || state.deposit === 0n) {
    const { fundChannel } = await import('./fundChannel.js')
    try {
      await context.queue(() => fundChannel(context, account.record))
    } catch (error) {
      state = await readState(context, account)
      if (state.deposit === 0n) throw error
    }
  }
  const deposit = state?.deposit || account.record.deposit
  await changeRecord(context, account, (record) => ({ ...record, deposit, status: 'open' }))
}
