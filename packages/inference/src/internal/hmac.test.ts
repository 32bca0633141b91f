import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'

import { toHex } from './hex.js'
import { hmacSha256 } from './hmac.js'

afterEach(() => vi.restoreAllMocks())

test('default', () => {
  // RFC 4231, test case 2.
  const encode = (text: string) => new TextEncoder().encode(text)
  const code = hmacSha256(encode('Jefe'), [encode('what do ya want '), encode('for nothing?')])
  expect(toHex(code)).toBe('0x5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
})

test.each([true, false])('property: is what another implementation computes, on Node %s', (onNode) => {
  if (!onNode) vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined)
  const bytes = fc.uint8Array({ maxLength: 200 })
  fc.assert(
    fc.property(bytes, bytes, bytes, (key, one, other) => {
      const whole = hmac(sha256, key, Uint8Array.of(...one, ...other))
      expect(toHex(hmacSha256(key, [one, other]))).toBe(toHex(whole))
    }),
  )
})
