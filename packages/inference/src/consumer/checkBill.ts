import type { Hex } from 'viem'
import { findContradiction } from '../evidence/conflictProof.js'
import { proveConflict } from '../evidence/proveConflict.js'
import { createReceiptCode, isSameCode } from '../grant/createRequestCode.js'
import { isSameAddress, toAddress } from '../internal/address.js'
import type { ModelPrice } from '../price/priceTable.js'
import { priceUsage } from '../price/priceUsage.js'
import {
  BillExceedsUsageError,
  ReceiptConflictError,
  ReceiptMismatchError,
  ReceiptSignerError,
} from '../receipt/errors.js'
import { createReceiptHasher } from '../receipt/hashReceipt.js'
import type { SignedReceipt, UsageReceipt } from '../receipt/receipt.js'
import { parseSignature } from '../signature/parseSignature.js'
import type { Quote } from '../wire/quote.js'
import { type ProviderAccount, sumCharged } from './account.js'
import type { ConsumerContext } from './context.js'

/** What a consumer saw of a request, to hold the bill against. */
export type Evidence = {
  /** Length of the request body. */
  readonly bodyBytes: number
  /** Output tokens that leave no text: what a stop string hides, and the ends of choices. */
  readonly hiddenTokens: number
  /** Most output tokens that were asked for, over all choices. */
  readonly maxOutput: number
  readonly modelHash: Hex
  readonly price: ModelPrice
  readonly priceTableHash: Hex
  /** The quote that the request was priced by. */
  readonly quote: Quote
  readonly requestHash: Hex
  /** SHA-256 of what arrived; undefined when it may not be all. */
  readonly responseHash: Hex | undefined
  /** Bytes of text that arrived. */
  readonly textBytes: number
  /** Tokens in the text that arrived, by the consumer's own count; undefined when it does not count. */
  readonly textTokens?: number | undefined
}

/**
 * Checks who signed a receipt. That of a session's request may carry a code, which only the provider can have made.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param signed - The receipt.
 * @throws {@link ReceiptSignerError} when it was not the provider, and `SignatureMalformedError`.
 */
export function checkSigner(context: ConsumerContext, account: ProviderAccount, signed: SignedReceipt): void {
  const { chainId, channels, receiptSigner: signer } = account.quote
  const { engine } = context
  const digest = createReceiptHasher(engine, { chainId, channels })(signed.receipt)
  const { signature } = signed
  if (account.lanes.keys.some((key) => isSameCode(createReceiptCode({ digest, key }), signature))) return
  const recovered = toAddress(engine, engine.recover(digest, parseSignature(signature)))
  if (!isSameAddress(recovered, signer)) throw new ReceiptSignerError({ recovered, signer })
}

/**
 * Holds a receipt against what was asked, what arrived and what was agreed.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param signed - The receipt.
 * @param evidence - What the consumer saw.
 * @returns Whether the bill is new, or one that is in the books and came again with a repeated answer.
 * @throws {@link BillExceedsUsageError} when it charges more than what arrived can have cost.
 * @throws {@link ReceiptMismatchError} when it is about something else.
 * @throws {@link ReceiptConflictError} when another receipt contradicts it.
 * @throws {@link ReceiptSignerError} when it was not signed by the provider.
 */
export function checkBill(
  context: ConsumerContext,
  account: ProviderAccount,
  signed: SignedReceipt,
  evidence: Evidence,
): 'new' | 'repeated' {
  const { receipt } = signed
  checkSigner(context, account, signed)
  const { modelHash, price, priceTableHash, requestHash, responseHash } = evidence
  const { channelId } = account.record
  checkFields(receipt, {
    channelId,
    modelHash,
    priceTableHash,
    requestHash,
    ...(responseHash && { responseHash }),
  })
  checkConsistency(context, account, signed)
  if (account.receipts.has(receipt.sequence) || receipt.cumulative <= account.accounted) return 'repeated'

  const hidden = evidence.hiddenTokens + (context.hiddenReasoning ? receipt.reasoningTokens : 0)
  const input = Math.min(receipt.inputTokens, evidence.bodyBytes)
  const seen = Math.min(evidence.textBytes, evidence.textTokens ?? evidence.textBytes)
  const output = Math.min(receipt.outputTokens, evidence.maxOutput, seen + hidden)
  const cachedInput = Math.min(receipt.cachedInputTokens, input)
  const reasoning = Math.min(receipt.reasoningTokens, output)
  const due = priceUsage(price, { cachedInput, input, output, reasoning })
  const { origin } = account
  if (receipt.cost > due) throw new BillExceedsUsageError({ billed: receipt.cost, due, origin })
  // The total may hold requests whose bill is not in yet, but nothing else.
  const most = sumCharged(account)
  if (receipt.cumulative > most)
    throw new BillExceedsUsageError({ billed: receipt.cumulative, due: most, origin })
  return 'new'
}

/**
 * Holds a receipt against those that are kept: its own number, its neighbours and the latest.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param signed - The receipt, signed by the provider.
 * @throws {@link ReceiptConflictError} when both cannot be true.
 */
export function checkConsistency(
  { channels, client, engine }: ConsumerContext,
  { latest, receipts, record }: ProviderAccount,
  signed: SignedReceipt,
): void {
  const { sequence } = signed.receipt
  const others = [receipts.get(sequence), receipts.get(sequence - 1n), receipts.get(sequence + 1n), latest]
  for (const other of others) {
    const kind = other && findContradiction(other.receipt, signed.receipt)
    if (!kind) continue
    const { channel, channelId } = record
    const parties = { chainId: client.chain.id, channel, channels, engine }
    // What only a session's code vouches for convinces this consumer, and nobody else.
    const proof = [other, signed].some(isCoded)
      ? undefined
      : proveConflict({ ...parties, first: other, second: signed })
    throw new ReceiptConflictError({ channelId, kind, proof, sequence })
  }
}

/** Whether a receipt carries the code of a session instead of a signature. */
function isCoded({ signature }: SignedReceipt): boolean {
  return signature.length === 66
}

function checkFields(receipt: UsageReceipt, expected: Partial<Record<keyof UsageReceipt, Hex>>): void {
  for (const [field, value] of Object.entries(expected)) {
    const received = new Map<string, unknown>(Object.entries(receipt)).get(field)
    if (received !== value)
      throw new ReceiptMismatchError({ expected: value, field, received: `${received}` })
  }
}
