import type { UsageReceipt } from '../receipt/receipt.js'
import type { StoredAnswer } from '../store/store.js'
import type { Claim } from './createClaim.js'
import { createHold, type Hold } from './createHold.js'
import { IdempotencyConflictError, JournalCorruptError } from './errors.js'
import { type AnswerRecord, decodeAnswer, encodeAnswer, type KeptAnswer } from './keptAnswer.js'
import { deriveKeys, openAnswer, type ReceiptNumbers, sealAnswer } from './sealAnswer.js'

/** An answer that was kept. */
export type FoundAnswer = {
  readonly answer: KeptAnswer
  /** Undefined when its payer did without. */
  readonly receipt: UsageReceipt | undefined
}

/** What a provider remembers of the answers that it was paid for, so that a repeated request costs nothing. */
export type Journal = {
  /** Makes an answer ready to be kept; what it returns completes it inside the book's transaction. */
  keep(claim: Claim, record: AnswerRecord): Promise<(numbers: ReceiptNumbers) => StoredAnswer>
  /** Largest answer that is kept, in bytes. */
  readonly maxAnswerBytes: number
  /** Begins a request, which goes on for a moment when its payer is cut off. */
  begin(claim: Claim): Hold
  /** Joins a request that this process is serving. */
  join(claim: Claim, signal: AbortSignal): void
  /**
   * Opens what is kept.
   *
   * @throws {@link IdempotencyConflictError} when it is the answer to another request.
   * @throws {@link JournalCorruptError} when it cannot be read.
   */
  open(claim: Claim, stored: StoredAnswer): Promise<FoundAnswer>
  /** Resolves when answers can be kept; rejects when there is no secret to keep them under. */
  ready(): Promise<unknown>
}

/**
 * Creates a provider's journal. What it keeps is encrypted under a key that needs the provider's secret and the
 * payer's own idempotency key.
 *
 * @param parameters - {@link createJournal.Parameters}
 * @returns The journal.
 */
export function createJournal(parameters: createJournal.Parameters): Journal {
  const { grace, maxAnswerBytes, now, secret, ttl } = parameters
  const holds = new Map<string, Hold>()
  return {
    begin({ requestId }) {
      const hold = createHold({ grace, onEnd: () => holds.delete(requestId) })
      holds.set(requestId, hold)
      return hold
    },
    join: ({ requestId }, signal) => holds.get(requestId)?.join(signal),
    async keep(claim, record) {
      const keys = deriveKeys(await secret(), claim)
      const { fingerprint, requestId } = claim
      const complete = await sealAnswer(keys, {
        data: encodeAnswer(bound(record, maxAnswerBytes)),
        fingerprint,
      })
      const expiresAt = now() + ttl
      return (numbers) => ({ body: complete(numbers), expiresAt, fingerprint, requestId })
    },
    maxAnswerBytes,
    async open(claim, { body, fingerprint }) {
      const { channelId, requestId } = claim
      const fail = (reason: string) => new JournalCorruptError({ cause: reason, channelId, requestId })
      const opened = await openAnswer(deriveKeys(await secret(), claim), { fingerprint, sealed: body })
      if (!opened) throw fail('It was altered, or written under another secret.')
      if (fingerprint !== claim.fingerprint) throw new IdempotencyConflictError()
      const { answer, statement } = decodeAnswer(opened.data, fail)
      return { answer, receipt: statement && { ...statement, ...opened.numbers, channelId } }
    },
    ready: secret,
  }
}

/** An answer that is too large is remembered as such: it was charged, and must not be again. */
function bound(record: AnswerRecord, limit: number): AnswerRecord {
  const answer: KeptAnswer = { kind: 'lost', loss: 'too-large' }
  return record.answer.kind !== 'lost' && record.answer.bytes.length > limit ? { ...record, answer } : record
}

export declare namespace createJournal {
  type Parameters = {
    /** How long a request goes on without its payer, in milliseconds. */
    grace: number
    /** Largest answer that is kept, in bytes. */
    maxAnswerBytes: number
    /** Unix time in milliseconds. */
    now: () => number
    /** The provider's secret: 32 bytes. */
    secret: () => Promise<Uint8Array>
    /** How long answers are kept, in milliseconds. */
    ttl: number
  }
}
