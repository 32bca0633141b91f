import type { Hex } from 'viem'

import { toHex } from '../internal/hex.js'
import { sha256 } from '../internal/sha256.js'
import { boundCost, boundOutput } from '../price/boundCost.js'
import { hashPriceTable } from '../price/hashPriceTable.js'
import type { SignatureEngine } from '../signature/engine.js'
import { ModelUnknownError } from '../wire/serviceErrors.js'
import type { ProviderAccount } from './account.js'
import type { Evidence } from './checkBill.js'
import type { ConsumerContext } from './context.js'
import { type CompletionRequest, countHidden } from './readRequest.js'

/** What a request may cost, and what its bill will be held against. */
export type Terms = {
  /** What it may cost at first, in base units. */
  readonly amount: bigint
  readonly evidence: Omit<Evidence, 'responseHash' | 'textBytes'>
  /** The most that it can cost, in base units. */
  readonly most: bigint
  /** What the consumer believes it pays. */
  readonly priceTag: Hex
}

/**
 * Computes from a provider's quote what a request may cost.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param request - The request.
 * @returns The terms.
 * @throws {@link ModelUnknownError} when the provider does not sell the model.
 */
export function readTerms(
  context: ConsumerContext,
  account: ProviderAccount,
  request: CompletionRequest,
): Terms {
  const { engine } = context
  const { quote } = account
  const { body, bytes } = request
  const price = quote.priceTable.models.find(({ model }) => model === body.model)
  const served = quote.models.find(({ id }) => id === body.model)
  if (!price || !served)
    throw new ModelUnknownError({ model: body.model, models: quote.models.map(({ id }) => id) })
  const maxOutput = boundOutput(body, served.maxOutputTokens)
  const outputTokens = body.stream ? Math.min(2 * quote.streamWindow, maxOutput) : maxOutput
  const { chainId, channels, priceTable: table } = quote
  const priceTableHash = hashPriceTable({ chainId, channels, engine, table })
  const priceTag: Hex = `0x${priceTableHash.slice(2, 18)}`
  const evidence = toEvidence(engine, request, { maxOutput, price, priceTableHash, quote })
  return {
    amount: boundCost(price, { bodyBytes: bytes.length, outputTokens }),
    evidence,
    most: boundCost(price, { bodyBytes: bytes.length, outputTokens: maxOutput }),
    priceTag,
  }
}

function toEvidence(
  engine: SignatureEngine,
  request: CompletionRequest,
  agreed: Pick<Evidence, 'maxOutput' | 'price' | 'priceTableHash' | 'quote'>,
): Terms['evidence'] {
  return {
    ...agreed,
    bodyBytes: request.bytes.length,
    hiddenTokens: countHidden(request, agreed.maxOutput),
    modelHash: toHex(engine.keccak256(new TextEncoder().encode(agreed.price.model))),
    requestHash: toHex(sha256(request.bytes)),
  }
}
