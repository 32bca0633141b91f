import type { Address, Hex } from 'viem'

import { toHex, writeHex } from '../internal/hex.js'
import { decodeBase64Url, encodeBase64Url } from './base64url.js'
import { PaymentHeaderError } from './errors.js'

/** Name of the header that carries a payment. */
export const paymentHeaderName = 'ai-payment'

/** What the `AI-Payment` header says. */
export type Payment = {
  /** The channel that pays. */
  channelId: Hex
  /** Total that the voucher authorizes since the channel opened, in base units; at most 96 bits. */
  cumulativeAmount: bigint
  /** What a provider that never saw the channel needs besides what it knows about itself. */
  descriptor?: PaymentDescriptor | undefined
  /** First 8 bytes of the price table's hash: what the payer believes it pays. */
  priceTag?: Hex | undefined
  /** The voucher's 65-byte signature. */
  signature: Hex
  /** Whether the payer does without a receipt. */
  unreceipted?: boolean | undefined
}

/** The part of a channel's descriptor that its payee cannot know. */
export type PaymentDescriptor = {
  /** Key that signs vouchers; zero means the payer. */
  authorizedSigner: Address
  /** Who funded the channel. */
  payer: Address
  /** The channel's salt. */
  salt: Hex
}

const withDescriptor = 1
const withPriceTag = 2
const withoutReceipt = 4

const prefix = 'v1.'

/**
 * Writes the `AI-Payment` header. Layout: `v1.` and base64url of flags 1, channel id 32, amount 12, signature 65,
 * then, as flags say, price tag 8, payer 20, salt 32, authorized signer 20.
 *
 * @param payment - What to say.
 * @returns The header's value: at most 161 characters, 257 with the descriptor.
 * @throws {@link PaymentHeaderError} when a value does not fit its field.
 *
 * @example
 * ```ts
 * import { encodePayment } from '@aitoken/inference'
 *
 * const header = encodePayment({
 *   channelId: `0x${'11'.repeat(32)}`,
 *   cumulativeAmount: 1_000_000n,
 *   signature: `0x${'22'.repeat(65)}`,
 * })
 * ```
 */
export function encodePayment(payment: Payment): string {
  const { channelId, cumulativeAmount, descriptor, priceTag, signature, unreceipted } = payment
  if (cumulativeAmount < 0n || cumulativeAmount >> 96n !== 0n)
    throw new PaymentHeaderError({ reason: `${cumulativeAmount} does not fit into 96 bits` })
  const bytes = new Uint8Array(110 + (priceTag ? 8 : 0) + (descriptor ? 72 : 0))
  bytes[0] =
    (descriptor ? withDescriptor : 0) | (priceTag ? withPriceTag : 0) | (unreceipted ? withoutReceipt : 0)
  const amount = new DataView(bytes.buffer)
  amount.setUint32(33, Number(cumulativeAmount >> 64n))
  amount.setBigUint64(37, cumulativeAmount & 0xffffffffffffffffn)
  let fits = writeHex(bytes, 1, channelId, 32) && writeHex(bytes, 45, signature, 65)
  let at = 110
  if (priceTag) {
    fits &&= writeHex(bytes, at, priceTag, 8)
    at += 8
  }
  if (descriptor)
    fits &&=
      writeHex(bytes, at, descriptor.payer, 20) &&
      writeHex(bytes, at + 20, descriptor.salt, 32) &&
      writeHex(bytes, at + 52, descriptor.authorizedSigner, 20)
  if (!fits) throw new PaymentHeaderError({ reason: 'a value has the wrong length' })
  return prefix + encodeBase64Url(bytes)
}

/**
 * Reads the `AI-Payment` header. The text is bounded and read once; nothing of it is trusted yet.
 *
 * @param header - The header's value.
 * @returns What it says.
 * @throws {@link PaymentHeaderError} when it is anything else than what {@link encodePayment} writes.
 */
export function decodePayment(header: string): Payment {
  if (header.length > 262) throw new PaymentHeaderError({ reason: 'it is too long' })
  if (!header.startsWith(prefix)) throw new PaymentHeaderError({ reason: 'it does not begin with `v1.`' })
  const bytes = decodeBase64Url(header, prefix.length)
  if (!bytes) throw new PaymentHeaderError({ reason: 'it is not base64url' })
  const flags = bytes[0] ?? 0
  if (flags > 7) throw new PaymentHeaderError({ reason: `it has unknown flags ${flags}` })
  const tagged = (flags & withPriceTag) !== 0
  const described = (flags & withDescriptor) !== 0
  const expected = 110 + (tagged ? 8 : 0) + (described ? 72 : 0)
  if (bytes.length !== expected)
    throw new PaymentHeaderError({ reason: `it has ${bytes.length} bytes instead of ${expected}` })
  const amount = new DataView(bytes.buffer)
  const at = tagged ? 118 : 110
  return {
    channelId: toHex(bytes.subarray(1, 33)),
    cumulativeAmount: (BigInt(amount.getUint32(33)) << 64n) | amount.getBigUint64(37),
    descriptor: described
      ? {
          authorizedSigner: toHex(bytes.subarray(at + 52, at + 72)),
          payer: toHex(bytes.subarray(at, at + 20)),
          salt: toHex(bytes.subarray(at + 20, at + 52)),
        }
      : undefined,
    priceTag: tagged ? toHex(bytes.subarray(110, 118)) : undefined,
    signature: toHex(bytes.subarray(45, 110)),
    unreceipted: (flags & withoutReceipt) !== 0,
  }
}
