import type { Hex } from 'viem'

import type { Claim } from '../journal/createClaim.js'
import { boundCost } from '../price/boundCost.js'
import type { ModelPrice } from '../price/priceTable.js'
import type { Activity } from './activity.js'
import type { ServedModel } from './context.js'
import type { BoundPrices } from './createPriceBook.js'
import type { CompletionBody } from './readBody.js'

/** A request whose payment was taken. */
export type PaidRequest = {
  readonly activity: Activity
  /** Which attempt at a request with an idempotency key this is; undefined without a key. */
  readonly attempt: string | undefined
  readonly body: CompletionBody
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly channelId: Hex
  /** What its idempotency key lays claim to; undefined without a key. */
  readonly claim: Claim | undefined
  /** Most output tokens, over all choices. */
  readonly maxOutput: number
  readonly model: ServedModel
  readonly path: string
  /** Digest of the policy that allows it; zero when there is none. */
  readonly policyHash: Hex
  readonly price: ModelPrice
  readonly prices: BoundPrices
  readonly requestId: string
  /** Credit set aside when the request was taken, in base units. */
  readonly reserved: bigint
  /** Aborts when the payer goes away. */
  readonly signal: AbortSignal
  readonly unreceipted: boolean
}

/** The most a request costs with so many output tokens, in base units. */
export function coverOf(
  request: Pick<PaidRequest, 'bytes' | 'maxOutput' | 'price'>,
  outputTokens: number,
): bigint {
  const bodyBytes = request.bytes.length
  return boundCost(request.price, { bodyBytes, outputTokens: Math.min(outputTokens, request.maxOutput) })
}
