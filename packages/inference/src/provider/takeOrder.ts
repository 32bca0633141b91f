import type { Hex } from 'viem'

import type { Claim } from '../journal/createClaim.js'
import { findReservation } from '../ledger/ledger.js'
import { checkPolicy } from '../policy/checkPolicy.js'
import { boundOutput } from '../price/boundCost.js'
import { StoreFailedError } from '../store/errors.js'
import { PriceChangedError } from '../wire/errors.js'
import type { Payment } from '../wire/payment.js'
import { ModelUnknownError } from '../wire/serviceErrors.js'
import type { Activity } from './activity.js'
import { admitPayment } from './admitPayment.js'
import { checkFields } from './checkFields.js'
import type { ProviderContext } from './context.js'
import { giveBack } from './giveBack.js'
import { coverOf, type PaidRequest } from './paidRequest.js'
import { parseBody } from './readBody.js'

/** A request that was read, and brings a payment. */
export type Order = {
  readonly activity: Activity
  readonly bytes: Uint8Array<ArrayBuffer>
  /** What its idempotency key lays claim to; undefined without a key. */
  readonly claim: Claim | undefined
  readonly path: string
  readonly payment: Payment
  /** What the payer believes it pays. */
  readonly priceTag: Hex
  /** Aborts when the payer goes away. */
  readonly signal: AbortSignal
}

/**
 * Checks a request, prices it and takes its payment.
 *
 * @param context - The provider.
 * @param order - The request.
 * @returns The request, for which credit is set aside.
 * @throws What the checks throw; nothing was taken then.
 */
export async function takeOrder(context: ProviderContext, order: Order): Promise<PaidRequest> {
  const { activity, bytes, claim, path, payment, priceTag, signal } = order
  const { channelId, unreceipted = false } = payment
  const body = parseBody(bytes)
  const model = context.models.get(body.model)
  if (!model) throw new ModelUnknownError({ model: body.model, models: [...context.models.keys()] })
  checkFields(body, model.allowFields)
  const prices = context.priceBook.find(priceTag)
  const price = prices?.prices.get(body.model)
  if (!prices || !price) throw new PriceChangedError({ priceTag: (await context.priceBook.current()).tag })

  const maxOutput = boundOutput(body, model.maxOutputTokens)
  const terms = { bytes, maxOutput, price }
  const policyHash = await checkPolicy(context.policy, {
    body,
    maxOutputTokens: maxOutput,
    model: model.id,
    path,
    price,
  })
  const reserved = coverOf(terms, body.stream ? context.streamWindow : maxOutput)
  const requestId = claim?.requestId ?? context.nextRequestId()
  // A request that was swept may be served anew under its name: its first server must not charge for the second.
  const attempt = claim && context.nextRequestId()
  activity.model = model.id
  activity.requestId = requestId
  const fingerprint = claim?.fingerprint
  const ledger = await admitPayment(context, payment, {
    amount: reserved,
    attempt,
    bytes,
    fingerprint,
    path,
    requestId,
  }).catch(async (error: unknown) => {
    // What nobody knows to be held would wait for its end until it is swept, and so would who repeats the request.
    if (error instanceof StoreFailedError && error.maybeWritten)
      await giveBack(context, { attempt, channelId, requestId }).catch(context.onError)
    throw error
  })
  const writtenAt = findReservation(ledger, requestId)?.writtenAt ?? context.now()
  activity.held = { attempt, channelId, requestId, writtenAt }
  context.heartbeat.start()
  return {
    ...terms,
    activity,
    attempt,
    body,
    channelId,
    claim,
    model,
    path,
    policyHash,
    prices,
    requestId,
    reserved,
    signal,
    unreceipted,
  }
}
