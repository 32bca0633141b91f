import type { ConflictProof } from '../evidence/conflictProof.js'
import { readReceiptLine, toConflictLine, toReceiptLine, toTermsLine } from '../evidence/evidenceLine.js'
import { hashPriceTable } from '../price/hashPriceTable.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import type { Quote } from '../wire/quote.js'
import type { ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'

/** Price tables that are kept of a channel; the oldest makes room. */
const tablesKept = 64

/**
 * Keeps a receipt in the store, with what somebody else needs to check it. The oldest of the channel makes room.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param signed - The receipt, checked.
 * @param quote - The quote that it was priced by.
 */
export async function keepReceipt(
  context: ConsumerContext,
  account: ProviderAccount,
  signed: SignedReceipt,
  quote: Quote,
): Promise<void> {
  const { latest, receipts } = account
  const { channelId, sequence } = signed.receipt
  receipts.set(sequence, signed)
  if (!latest || latest.receipt.sequence < sequence) account.latest = signed
  if (!context.opened.has(account)) keepPast(context, [signed])
  const writes = [write(context, receiptKey(channelId, sequence), toReceiptLine(signed))]
  const [oldest] = receipts.keys()
  if (receipts.size > context.receiptsKept && oldest !== undefined) {
    receipts.delete(oldest)
    writes.push(write(context, receiptKey(channelId, oldest), undefined))
  }
  if (!account.tables.has(signed.receipt.priceTableHash)) writes.push(keepTerms(context, account, quote))
  await Promise.all(writes)
}

/** Keeps receipts of dealings that ended in memory; the oldest make room. */
export function keepPast({ past, receiptsKept }: ConsumerContext, receipts: readonly SignedReceipt[]): void {
  past.receipts.push(...receipts)
  past.receipts.splice(0, past.receipts.length - receiptsKept)
}

/** Keeps the channel's descriptor and the price table, once for all receipts that name it. */
async function keepTerms(context: ConsumerContext, account: ProviderAccount, quote: Quote): Promise<void> {
  const { record, tables } = account
  const { channel, channelId } = record
  const { chainId, channels, priceTable: table } = quote
  const hash = hashPriceTable({ chainId, channels, engine: context.engine, table })
  if (tables.has(hash)) return
  tables.add(hash)
  const [oldest] = tables
  if (tables.size > tablesKept && oldest !== undefined) {
    tables.delete(oldest)
    await write(context, termsKey(channelId, oldest), undefined)
  }
  await write(context, termsKey(channelId, hash), toTermsLine({ ...quote, channel }))
}

/** Keeps a proof of misconduct; it is never removed. */
export async function keepConflict(context: ConsumerContext, proof: ConflictProof): Promise<void> {
  const { channelId, sequence } = proof.second.receipt
  await write(context, `evidence|${channelId}|c|${toOrder(sequence)}`, toConflictLine(proof))
}

/** Recalls the receipts of an earlier run, to hold new ones against. */
export async function recallReceipts(context: ConsumerContext, account: ProviderAccount): Promise<void> {
  const prefix = `evidence|${account.record.channelId}|`
  for await (const { key, text } of context.store.list(prefix)) {
    const [kind, name = ''] = key.slice(prefix.length).split('|')
    if (kind === 'a') account.tables.add(name)
    if (kind !== 'b') continue
    const signed = readReceiptLine(text)
    account.receipts.set(signed.receipt.sequence, signed)
    account.latest = signed
  }
}

// What is listed first is read first: the terms (a), then the receipts by number (b), then what contradicts (c).
const termsKey = (channelId: string, hash: string) => `evidence|${channelId}|a|${hash}`
const receiptKey = (channelId: string, sequence: bigint) => `evidence|${channelId}|b|${toOrder(sequence)}`

/** A number as a text that sorts as it does. */
function toOrder(sequence: bigint): string {
  return `${sequence}`.padStart(20, '0')
}

function write({ store }: ConsumerContext, key: string, text: string | undefined): Promise<void> {
  return store.transact(key, () => ({ result: undefined, text }))
}
