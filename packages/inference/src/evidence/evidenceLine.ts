import type { Channel } from '../channel/channel.js'
import type { InferenceDomain } from '../price/priceTable.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import { readPriceTable, type SignedPriceTable, toPriceTableJson } from '../wire/priceTableText.js'
import { type Fields, parseJson, readFields } from '../wire/readFields.js'
import { readReceipt, toReceiptJson } from '../wire/receiptText.js'
import type { ConflictProof } from './conflictProof.js'
import { encodeProof, readChannel } from './encodeProof.js'
import { EvidenceMalformedError } from './errors.js'

/** Under which terms receipts were signed: the channel, and the prices that they name. */
export type Terms = InferenceDomain & SignedPriceTable & { channel: Channel }

/** A line of exported evidence. */
export type EvidenceLine =
  | { kind: 'conflict'; text: string }
  | { kind: 'receipt'; signed: SignedReceipt }
  | { kind: 'terms'; terms: Terms }

/** Writes the terms of receipts that follow. */
export function toTermsLine({ chainId, channel, channels, ...signed }: Terms): string {
  const { authorizedSigner, payee, payer, salt, token } = channel
  return JSON.stringify({
    kind: 'terms',
    chainId,
    channel: { authorizedSigner, payee, payer, salt, token },
    channels,
    priceTable: toPriceTableJson(signed),
  })
}

/** Writes a receipt. */
export function toReceiptLine(signed: SignedReceipt): string {
  return `{"kind":"receipt",${toReceiptJson(signed).slice(1)}`
}

/** Writes a proof of misconduct. */
export function toConflictLine(proof: ConflictProof): string {
  return `{"kind":"conflict","proof":${JSON.stringify(encodeProof(proof))}}`
}

/**
 * Reads a line of exported evidence. Nothing of it is trusted yet.
 *
 * @param text - The line.
 * @param line - Its number, for the error.
 * @returns What it says.
 * @throws {@link EvidenceMalformedError} when it is anything else.
 */
export function readEvidenceLine(text: string, line: number): EvidenceLine {
  const { fields, fail } = open(text, line)
  const kind = fields.text('kind')
  if (kind === 'receipt') return { kind, signed: readReceipt(fields) }
  if (kind === 'conflict') return { kind, text: fields.text('proof', 20_000) }
  if (kind !== 'terms') throw fail(`${kind} is no kind of evidence`)
  return {
    kind,
    terms: {
      chainId: fields.count('chainId'),
      channel: readChannel(fields.object('channel')),
      channels: fields.hex('channels', 20),
      ...readPriceTable(fields.object('priceTable')),
    },
  }
}

/** Reads a receipt that was kept. */
export function readReceiptLine(text: string): SignedReceipt {
  return readReceipt(open(text, 1).fields)
}

function open(text: string, line: number) {
  const fail = (reason: string, cause?: unknown) => new EvidenceMalformedError({ cause, line, reason })
  const fields: Fields = readFields(parseJson(text, fail), fail)
  return { fail, fields }
}
