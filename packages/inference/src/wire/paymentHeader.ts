import { toHex, writeHex } from '../internal/hex.js'
import { decodeBase64Url, encodeBase64Url } from './base64url.js'
import { PaymentHeaderError } from './errors.js'
import type { Payment, PaymentDescriptor } from './payment.js'

/** Name of the header that carries a payment. */
export const paymentHeaderName = 'ai-payment'

const withDescriptor = 1
const withPriceTag = 2
const withoutReceipt = 4
const withLink = 8
const withCommit = 16
const withCode = 32

/** Bytes of each kind of payment after flags and channel id. */
const sizes: Readonly<Record<number, number>> = {
  0: 77,
  [withLink]: 34,
  [withLink | withCommit]: 125,
  [withCode]: 48,
}

const prefix = 'v1.'

/** Length of the longest header: a link with its commitment, price tag and descriptor. */
const longest = 321

/**
 * Writes the `AI-Payment` header: `v1.` and base64url of flags 1, channel id 32, the payment, and then, as flags
 * say, price tag 8, and payer 20, salt 32, authorized signer 20. A voucher is amount 12, signature 65. A link is
 * steps 2, link 32 and, when its chain is new, base 12, unit 12, length 2, signature 65. A request of a session is
 * key id 8, number 8, code 32.
 *
 * @param payment - What to say.
 * @returns The header's value: at most 161 characters for a voucher, 103 for a link, 122 for a session, 225 for a
 * link with its commitment, and 96 more with the descriptor.
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
  const { channelId, priceTag, unreceipted } = payment
  const descriptor = 'descriptor' in payment ? payment.descriptor : undefined
  const kind = kindOf(payment)
  const size = 33 + (sizes[kind] ?? 0)
  const bytes = new Uint8Array(size + (priceTag ? 8 : 0) + (descriptor ? 72 : 0))
  const view = new DataView(bytes.buffer)
  bytes[0] =
    kind |
    (descriptor ? withDescriptor : 0) |
    (priceTag ? withPriceTag : 0) |
    (unreceipted ? withoutReceipt : 0)
  let fits = writeHex(bytes, 1, channelId, 32)
  if ('code' in payment) {
    const { code, counter, keyId } = payment
    if (counter < 0n || counter >> 64n !== 0n)
      throw new PaymentHeaderError({ reason: `${counter} does not fit into 64 bits` })
    view.setBigUint64(41, counter)
    fits &&= writeHex(bytes, 33, keyId, 8) && writeHex(bytes, 49, code, 32)
  } else if ('link' in payment) {
    const { commit, link, steps } = payment
    writeSteps(view, 33, steps)
    fits &&= writeHex(bytes, 35, link, 32)
    if (commit) {
      writeAmount(view, 67, commit.base)
      writeAmount(view, 79, commit.unit)
      writeSteps(view, 91, commit.maxSteps)
      fits &&= writeHex(bytes, 93, commit.signature, 65)
    }
  } else {
    writeAmount(view, 33, payment.cumulativeAmount)
    fits &&= writeHex(bytes, 45, payment.signature, 65)
  }
  if (priceTag) fits &&= writeHex(bytes, size, priceTag, 8)
  if (descriptor) fits &&= writeDescriptor(bytes, size + (priceTag ? 8 : 0), descriptor)
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
  if (header.length > longest) throw new PaymentHeaderError({ reason: 'it is too long' })
  if (!header.startsWith(prefix)) throw new PaymentHeaderError({ reason: 'it does not begin with `v1.`' })
  const bytes = decodeBase64Url(header, prefix.length)
  if (!bytes) throw new PaymentHeaderError({ reason: 'it is not base64url' })
  const flags = bytes[0] ?? 0
  const body = sizes[flags & ~7]
  // Whoever has a session was introduced before.
  if (body === undefined || (flags & withCode && flags & withDescriptor))
    throw new PaymentHeaderError({ reason: `it has unknown flags ${flags}` })
  const size = 33 + body
  const tagged = (flags & withPriceTag) !== 0
  const described = (flags & withDescriptor) !== 0
  const expected = size + (tagged ? 8 : 0) + (described ? 72 : 0)
  if (bytes.length !== expected)
    throw new PaymentHeaderError({ reason: `it has ${bytes.length} bytes instead of ${expected}` })

  const view = new DataView(bytes.buffer)
  const hex = (at: number, length: number) => toHex(bytes.subarray(at, at + length))
  const terms = {
    channelId: hex(1, 32),
    priceTag: tagged ? hex(size, 8) : undefined,
    unreceipted: (flags & withoutReceipt) !== 0,
  }
  if (flags & withCode)
    return { ...terms, code: hex(49, 32), counter: view.getBigUint64(41), keyId: hex(33, 8) }
  const descriptor = described ? readDescriptor(hex, size + (tagged ? 8 : 0)) : undefined
  if (!(flags & withLink))
    return { ...terms, cumulativeAmount: readAmount(view, 33), descriptor, signature: hex(45, 65) }
  const commit =
    flags & withCommit
      ? {
          base: readAmount(view, 67),
          maxSteps: view.getUint16(91),
          signature: hex(93, 65),
          unit: readAmount(view, 79),
        }
      : undefined
  return { ...terms, commit, descriptor, link: hex(35, 32), steps: view.getUint16(33) }
}

function kindOf(payment: Payment): number {
  if ('code' in payment) return withCode
  if ('link' in payment) return payment.commit ? withLink | withCommit : withLink
  return 0
}

function writeAmount(view: DataView, at: number, amount: bigint): void {
  if (amount < 0n || amount >> 96n !== 0n)
    throw new PaymentHeaderError({ reason: `${amount} does not fit into 96 bits` })
  view.setUint32(at, Number(amount >> 64n))
  view.setBigUint64(at + 4, amount & 0xffffffffffffffffn)
}

function readAmount(view: DataView, at: number): bigint {
  return (BigInt(view.getUint32(at)) << 64n) | view.getBigUint64(at + 4)
}

function writeSteps(view: DataView, at: number, steps: number): void {
  if (!Number.isInteger(steps) || steps < 0 || steps > 0xffff)
    throw new PaymentHeaderError({ reason: `${steps} is no number of steps` })
  view.setUint16(at, steps)
}

function writeDescriptor(bytes: Uint8Array, at: number, descriptor: PaymentDescriptor): boolean {
  const { authorizedSigner, payer, salt } = descriptor
  return (
    writeHex(bytes, at, payer, 20) &&
    writeHex(bytes, at + 20, salt, 32) &&
    writeHex(bytes, at + 52, authorizedSigner, 20)
  )
}

function readDescriptor(hex: (at: number, length: number) => `0x${string}`, at: number): PaymentDescriptor {
  return { authorizedSigner: hex(at + 52, 20), payer: hex(at, 20), salt: hex(at + 20, 32) }
}
