import { AitokenError } from '@aitoken/core/errors'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { type AnswerRecord, decodeAnswer, encodeAnswer } from './keptAnswer.js'

class Failure extends AitokenError {
  override readonly name = 'Failure'
}
const fail = (reason: string) => new Failure(reason)
const hash = `0x${'ab'.repeat(32)}` as const
const statement = {
  cachedInputTokens: 1,
  cost: 2n ** 96n - 1n,
  inputTokens: 2,
  modelHash: hash,
  outputTokens: 3,
  policyHash: hash,
  priceTableHash: hash,
  reasoningTokens: 0,
  requestHash: hash,
  responseHash: hash,
}
const bytes = fc.uint8Array({ maxLength: 100 }).map((array) => new Uint8Array(array))
const answer: fc.Arbitrary<AnswerRecord['answer']> = fc.oneof(
  bytes.map((data) => ({ bytes: data, kind: 'whole' as const })),
  fc.record({
    bytes,
    end: fc.constantFrom(undefined, 'broken', 'cancelled', 'unpaid'),
    kind: fc.constant('stream' as const),
    tail: bytes,
  }),
  fc.constantFrom(
    { kind: 'lost', loss: 'abandoned' } as const,
    { kind: 'lost', loss: 'cut' } as const,
    { kind: 'lost', loss: 'too-large' } as const,
  ),
)

test('property: an answer reads as it was written', () => {
  fc.assert(
    fc.property(answer, fc.boolean(), (kept, receipted) => {
      const record = { answer: kept, statement: receipted ? statement : undefined }
      expect(decodeAnswer(encodeAnswer(record), fail)).toEqual(record)
    }),
  )
})

test('property: what is no answer fails with the error that is asked for', () => {
  const record = encodeAnswer({ answer: { bytes: new Uint8Array(5), kind: 'whole' }, statement })
  const mangled = fc.tuple(fc.nat(record.length - 1), fc.nat(255)).map(([at, byte]) => record.with(at, byte))
  fc.assert(
    fc.property(fc.oneof(bytes, mangled), (data) => {
      try {
        decodeAnswer(new Uint8Array(data), fail)
      } catch (error) {
        expect(error).toBeInstanceOf(Failure)
      }
    }),
  )
})
