import type { Hex } from 'viem'

import { type InferenceDomain, toInferenceDomain } from '../price/priceTable.js'

/** What a provider says it delivered and charged for one request. */
export type UsageReceipt = {
  /** Input tokens that the provider had cached; part of `inputTokens`. */
  cachedInputTokens: number
  /** The channel that pays. */
  channelId: Hex
  /** What the request cost, in base units. */
  cost: bigint
  /** Total charged on the channel, this request included, in base units. */
  cumulative: bigint
  /** Input tokens. */
  inputTokens: number
  /** Keccak-256 of the model's name, or of its manifest when it has one. */
  modelHash: Hex
  /** Output tokens. */
  outputTokens: number
  /** Digest of the policy that the answer was made under; zero when there is none. */
  policyHash: Hex
  /** Digest of the price table that the cost follows from. */
  priceTableHash: Hex
  /** Output tokens that the model spent on reasoning; part of `outputTokens`. */
  reasoningTokens: number
  /** SHA-256 of the request body's bytes. */
  requestHash: Hex
  /** SHA-256 of the bytes that the model answered, as delivered. */
  responseHash: Hex
  /**
   * Number of the receipt on its channel. It grows by one with each request charged, from the time at which the
   * provider began its book. Two receipts for one number prove misconduct.
   */
  sequence: bigint
}

/** A receipt with the provider's signature. */
export type SignedReceipt = {
  /** What the provider says. */
  receipt: UsageReceipt
  /** The EIP-712 signature over it. */
  signature: Hex
}

/** The fields of a receipt, in the order in which EIP-712 hashes them. */
const receiptFields = [
  { name: 'channelId', type: 'bytes32' },
  { name: 'sequence', type: 'uint64' },
  { name: 'requestHash', type: 'bytes32' },
  { name: 'responseHash', type: 'bytes32' },
  { name: 'modelHash', type: 'bytes32' },
  { name: 'priceTableHash', type: 'bytes32' },
  { name: 'policyHash', type: 'bytes32' },
  { name: 'inputTokens', type: 'uint64' },
  { name: 'cachedInputTokens', type: 'uint64' },
  { name: 'outputTokens', type: 'uint64' },
  { name: 'reasoningTokens', type: 'uint64' },
  { name: 'cost', type: 'uint128' },
  { name: 'cumulative', type: 'uint128' },
] as const

/** A receipt in which everything is zero. */
export function emptyReceipt(): UsageReceipt {
  const zero: Hex = `0x${'00'.repeat(32)}`
  return {
    cachedInputTokens: 0,
    channelId: zero,
    cost: 0n,
    cumulative: 0n,
    inputTokens: 0,
    modelHash: zero,
    outputTokens: 0,
    policyHash: zero,
    priceTableHash: zero,
    reasoningTokens: 0,
    requestHash: zero,
    responseHash: zero,
    sequence: 0n,
  }
}

/** The typed data that signing, hashing and verifying a receipt share. */
export function toReceiptTypedData({
  chainId,
  channels,
  receipt,
}: InferenceDomain & { receipt: UsageReceipt }) {
  return {
    domain: toInferenceDomain({ chainId, channels }),
    message: {
      ...receipt,
      cachedInputTokens: BigInt(receipt.cachedInputTokens),
      inputTokens: BigInt(receipt.inputTokens),
      outputTokens: BigInt(receipt.outputTokens),
      reasoningTokens: BigInt(receipt.reasoningTokens),
    },
    primaryType: 'UsageReceipt',
    types: { UsageReceipt: receiptFields },
  } as const
}
