import type { AitokenError } from '@aitoken/core/errors'

import type { UsageReceipt } from '../receipt/receipt.js'
import { parseJson, readFields } from '../wire/readFields.js'
import type { AnswerLoss } from './errors.js'

/** An answer as it was given, or why it cannot be given again. */
export type KeptAnswer =
  | { readonly kind: 'lost'; readonly loss: AnswerLoss }
  | {
      /** The model's events that were delivered. */
      readonly bytes: Uint8Array<ArrayBuffer>
      /** Why the stream ended before the model did; undefined when it did not. */
      readonly end: string | undefined
      readonly kind: 'stream'
      /** What followed the receipt. */
      readonly tail: Uint8Array
    }
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly kind: 'whole' }

/** What a receipt says besides the channel and the numbers that only the book gives out. */
export type KeptStatement = Omit<UsageReceipt, 'channelId' | 'cumulative' | 'sequence'>

/** An answer, and what its receipt says; undefined when its payer did without. */
export type AnswerRecord = { readonly answer: KeptAnswer; readonly statement: KeptStatement | undefined }

/**
 * Writes an answer: the length of a JSON header, the header, the delivered bytes, and what followed them.
 *
 * @param record - The answer.
 * @returns The bytes that {@link decodeAnswer} reads.
 */
export function encodeAnswer({ answer, statement }: AnswerRecord): Uint8Array<ArrayBuffer> {
  const tail = answer.kind === 'stream' ? answer.tail : new Uint8Array(0)
  const header = new TextEncoder().encode(
    JSON.stringify({
      end: answer.kind === 'stream' ? answer.end : undefined,
      kind: answer.kind,
      loss: answer.kind === 'lost' ? answer.loss : undefined,
      receipted: statement && 'yes',
      statement: statement && { ...statement, cost: `${statement.cost}` },
      tail: tail.length,
    }),
  )
  const bytes = answer.kind === 'lost' ? new Uint8Array(0) : answer.bytes
  const start = 4 + header.length
  const record = new Uint8Array(start + bytes.length + tail.length)
  new DataView(record.buffer).setUint32(0, header.length)
  record.set(header, 4)
  record.set(bytes, start)
  record.set(tail, start + bytes.length)
  return record
}

/**
 * Reads an answer.
 *
 * @param bytes - What {@link encodeAnswer} wrote.
 * @param fail - Makes the error for what is wrong.
 * @returns The answer.
 */
export function decodeAnswer(
  bytes: Uint8Array<ArrayBuffer>,
  fail: (reason: string) => AitokenError,
): AnswerRecord {
  if (bytes.length < 4) throw fail('it is too short')
  const start = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  const fields = readFields(parseJson(new TextDecoder().decode(bytes.subarray(4, start)), fail), fail)
  const end = bytes.length - fields.count('tail')
  if (end < start) throw fail('its tail is too long')
  const statement =
    fields.optionalText('receipted') === 'yes' ? readStatement(fields.object('statement')) : undefined
  const delivered = bytes.subarray(start, end)
  const kind = fields.text('kind')
  if (kind === 'whole') return { answer: { bytes: delivered, kind }, statement }
  if (kind === 'stream') {
    const answer = {
      bytes: delivered,
      end: fields.optionalText('end'),
      kind,
      tail: bytes.subarray(end),
    } as const
    return { answer, statement }
  }
  const loss = fields.text('loss')
  if (kind !== 'lost' || !isLoss(loss)) throw fail(`${kind} is no kind of answer`)
  return { answer: { kind, loss }, statement }
}

function readStatement(fields: ReturnType<typeof readFields>): KeptStatement {
  return {
    cachedInputTokens: fields.count('cachedInputTokens'),
    cost: fields.amount('cost'),
    inputTokens: fields.count('inputTokens'),
    modelHash: fields.hex('modelHash', 32),
    outputTokens: fields.count('outputTokens'),
    policyHash: fields.hex('policyHash', 32),
    priceTableHash: fields.hex('priceTableHash', 32),
    reasoningTokens: fields.count('reasoningTokens'),
    requestHash: fields.hex('requestHash', 32),
    responseHash: fields.hex('responseHash', 32),
  }
}

function isLoss(value: string): value is AnswerLoss {
  return value === 'abandoned' || value === 'cut' || value === 'too-large'
}
