import type { Hex } from 'viem'

import { createReceiptCode } from '../grant/createRequestCode.js'
import { smaller } from '../internal/compare.js'
import { toHex } from '../internal/hex.js'
import { sha256 } from '../internal/sha256.js'
import type { KeptAnswer, KeptStatement } from '../journal/keptAnswer.js'
import { findGrant } from '../ledger/acceptGrant.js'
import { commit } from '../ledger/commit.js'
import { ReservationError } from '../ledger/errors.js'
import { findReservation, type Ledger } from '../ledger/ledger.js'
import { release } from '../ledger/release.js'
import { priceUsage } from '../price/priceUsage.js'
import type { Usage } from '../price/usage.js'
import type { SignedReceipt, UsageReceipt } from '../receipt/receipt.js'
import { signReceiptDigest } from '../receipt/signReceipt.js'
import { StoreFailedError } from '../store/errors.js'
import type { StoredAnswer } from '../store/store.js'
import { ChannelUnknownError } from '../wire/errors.js'
import type { ProviderContext } from './context.js'
import { estimateInput } from './estimateInput.js'
import type { PaidRequest } from './paidRequest.js'

/**
 * Charges a request for what was delivered, never more than was set aside for it, and writes the receipt in the
 * same durable step.
 *
 * @param context - The provider.
 * @param request - The request.
 * @param parameters - {@link chargeRequest.Parameters}
 * @returns The signed receipt; undefined when the payer does without.
 */
export async function chargeRequest(
  context: ProviderContext,
  request: PaidRequest,
  { answer, reserved, responseHash, usage }: chargeRequest.Parameters,
): Promise<SignedReceipt | undefined> {
  const { attempt, channelId, requestId } = request
  const cost = smaller(priceUsage(request.price, boundUsage(request, usage)), reserved)
  const statement = stateOf(request, usage, responseHash)
  const keep = await keepAnswer(context, request, answer, statement && { ...statement, cost })
  const { key, receipt } = await insist(context, () =>
    context.store.transact(channelId, (ledger) => {
      if (!ledger) throw new ChannelUnknownError({ channelId })
      const grant = findReservation(ledger, requestId, attempt)?.grant
      const next = commit(ledger, { attempt, cost, requestId, statement })
      const result = { key: grant && findGrant(ledger, grant)?.key, receipt: next.receipt }
      return { answer: keep?.(next), ledger: next, result }
    }),
  )
  request.activity.charge = cost
  request.activity.usage = usage
  // Credit came free: a stream of the same channel may be waiting for it.
  context.signals.notify(channelId)
  return receipt && (key ? codeReceiptOf(context, receipt, key) : signReceiptOf(context, receipt))
}

export declare namespace chargeRequest {
  type Parameters = {
    /** What is kept for a request with an idempotency key. */
    answer: KeptAnswer
    /** Credit that the request holds, in base units. */
    reserved: bigint
    /** Computes the SHA-256 of the bytes that the model answered. */
    responseHash: () => Uint8Array
    /** Tokens used. */
    usage: Usage
  }
}

/** Writes again what a store failed to write: what was delivered is worth a second of patience. */
async function insist<result>(
  { onError }: Pick<ProviderContext, 'onError'>,
  write: () => Promise<result>,
): Promise<result> {
  let failure: StoreFailedError | undefined
  for (const pause of [50, 200, 800, 0]) {
    try {
      const written = await write()
      // The payer noticed nothing; the operator should.
      if (failure) onError(failure)
      return written
    } catch (error) {
      // What may have been written, and cannot be again, was.
      if (failure?.maybeWritten && error instanceof ReservationError) throw failure
      if (!(error instanceof StoreFailedError) || pause === 0) throw error
      failure = error
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  throw failure
}

/**
 * What of the usage is charged: no more than was priced beforehand. Templates and pictures make input tokens that no
 * byte of the body stands for, and payers would take a charge for them for a false one.
 */
function boundUsage({ bytes, maxOutput }: PaidRequest, usage: Usage): Usage {
  const input = Math.min(usage.input, bytes.length)
  const output = Math.min(usage.output, maxOutput)
  return {
    cachedInput: Math.min(usage.cachedInput, input),
    input,
    output,
    reasoning: Math.min(usage.reasoning, output),
  }
}

/** Makes an answer ready to be kept, when the request brought a key to ask for it again. */
async function keepAnswer(
  { journal }: ProviderContext,
  { claim }: PaidRequest,
  answer: KeptAnswer,
  statement: KeptStatement | undefined,
): Promise<((ledger: Ledger) => StoredAnswer) | undefined> {
  const complete = claim && (await journal?.keep(claim, { answer, statement }))
  return complete && (({ sequence, spent: cumulative }) => complete({ cumulative, sequence }))
}

/** What a receipt says about a request; nothing when the payer does without. */
function stateOf(
  request: PaidRequest,
  usage: Usage,
  responseHash: () => Uint8Array,
): commit.Parameters['statement'] {
  if (request.unreceipted) return undefined
  return {
    cachedInputTokens: usage.cachedInput,
    inputTokens: usage.input,
    modelHash: request.model.modelHash,
    outputTokens: usage.output,
    policyHash: request.policyHash,
    priceTableHash: request.prices.hash,
    reasoningTokens: usage.reasoning,
    requestHash: toHex(sha256(request.bytes)),
    responseHash: toHex(responseHash()),
  }
}

/** Proves a receipt to who has the session's key, and to nobody else, for a tenth of what a signature costs. */
async function codeReceiptOf(
  context: ProviderContext,
  receipt: UsageReceipt,
  key: Hex,
): Promise<SignedReceipt> {
  const { hashReceipt } = await context.cryptography()
  return { receipt, signature: createReceiptCode({ digest: hashReceipt(receipt), key }) }
}

/** Signs a receipt of the book's; the same content gives the same signature. */
export async function signReceiptOf(context: ProviderContext, receipt: UsageReceipt): Promise<SignedReceipt> {
  const { account, chainId, channels } = context
  const { hashReceipt } = await context.cryptography()
  const signature = await signReceiptDigest(account, hashReceipt(receipt), { chainId, channels, receipt })
  return { receipt, signature }
}

/**
 * Ends a request that was not answered. It costs nothing, except when the payer went away while the model was
 * reading: then it costs the input.
 *
 * @param context - The provider.
 * @param request - The request.
 */
export async function abandonRequest(context: ProviderContext, request: PaidRequest): Promise<void> {
  const { attempt, channelId, requestId, reserved } = request
  const usage = { cachedInput: 0, input: estimateInput(request), output: 0, reasoning: 0 }
  const cost = smaller(priceUsage(request.price, usage), reserved)
  const gone = request.signal.aborted
  const loss = { kind: 'lost', loss: 'abandoned' } as const
  const keep = gone ? await keepAnswer(context, request, loss, undefined) : undefined
  const charged = await context.store.transact(channelId, (ledger) => {
    if (!ledger) throw new ChannelUnknownError({ channelId })
    // What failed may have failed after the charge.
    if (!findReservation(ledger, requestId, attempt)) return { ledger, result: false }
    const statement = stateOf(request, usage, () => sha256(new Uint8Array(0)))
    if (!gone) return { ledger: release(ledger, { attempt, requestId }), result: false }
    const next = commit(ledger, { attempt, cost, requestId, statement })
    return { answer: keep?.(next), ledger: next, result: true }
  })
  if (charged) {
    request.activity.charge = cost
    request.activity.usage = usage
  }
  context.signals.notify(channelId)
}
