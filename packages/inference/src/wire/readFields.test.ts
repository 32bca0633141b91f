import fc from 'fast-check'
import { expect, test } from 'vitest'

import { EvidenceMalformedError } from '../evidence/errors.js'
import { readFields } from './readFields.js'

const read = (value: unknown) =>
  readFields({ value }, (reason) => new EvidenceMalformedError({ line: 1, reason })).hex('value', 2)

test('property: hexadecimal of the right length is read as it is', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\da-fA-F]{4}$/), (digits) => {
      expect(read(`0x${digits}`)).toBe(`0x${digits}`)
    }),
  )
})

test('error: what only looks like hexadecimal', () => {
  // A capital X is read by some and refused by others, so one text would have two meanings.
  for (const value of [
    '0X1234',
    '0x123',
    '0x12345',
    '0x12g4',
    '1234',
    ' 0x1234',
    '0x1234\n',
    0x1234,
    null,
    undefined,
  ])
    expect(() => read(value)).toThrow(EvidenceMalformedError)
})
