import fc from 'fast-check'
import { expect, test } from 'vitest'

import { join } from '../wire/comment.js'
import { createTranscript } from './createTranscript.js'

test('default', () => {
  const transcript = createTranscript(5)
  const piece = Uint8Array.of(1, 2)
  transcript.add(piece)
  piece.fill(9)
  transcript.add(Uint8Array.of(3, 4, 5))
  expect(transcript.bytes()).toEqual(Uint8Array.of(1, 2, 3, 4, 5))
  transcript.add(Uint8Array.of(6))
  expect(transcript.bytes()).toBeUndefined()
})

test('property: holds exactly what was added, up to the limit', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 3_000 })), fc.nat(20_000), (pieces, limit) => {
      const transcript = createTranscript(limit)
      for (const piece of pieces) transcript.add(piece)
      const whole = join(pieces)
      const bytes = transcript.bytes()
      if (whole.length > limit) expect(bytes).toBeUndefined()
      else expect(bytes).toEqual(new Uint8Array(whole))
    }),
  )
})
