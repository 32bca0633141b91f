import fc from 'fast-check'
import { zeroAddress, zeroHash } from 'viem'
import { expect, test } from 'vitest'

import type { RegisteredProvider } from '../registry/registeredProvider.js'
import { createSender } from './createSender.js'
import { placeUrl } from './placeUrl.js'
import { parseProviderUrl, spellProviderUrl, toProviderUrl } from './providerUrl.js'
import { ProviderEndpointError } from './registrationErrors.js'

const provider: RegisteredProvider = {
  bond: 0n,
  deregistered: false,
  endpoint: 'https://carol.example',
  id: 7n,
  manifestDigest: zeroHash,
  owner: zeroAddress,
  payee: zeroAddress,
  pendingOwner: zeroAddress,
  receiptSigner: zeroAddress,
  registeredAt: 0,
  releaseAt: 0,
  unbonding: 0n,
}
const at = (endpoint: string, url = `${toProviderUrl(7n)}/v1/models?page=2`, plainHttp = false) =>
  placeUrl(url, { ...provider, endpoint }, { plainHttp })

test('property: every id has one URL', () => {
  fc.assert(
    fc.property(fc.bigInt({ max: 2n ** 256n - 1n, min: 1n }), (id) => {
      const url = toProviderUrl(id)
      expect(new URL(url).origin).toBe(url)
      expect(parseProviderUrl(`${url}/v1/models`)).toBe(id)
      expect(spellProviderUrl(`aitoken://${id}/v1?x#y`)).toBe(`${url}/v1?x#y`)
      expect(spellProviderUrl(`aitoken://${id}`)).toBe(url)
    }),
  )
})

test('behavior: what only looks like one is an ordinary URL', () => {
  for (const url of [
    'https://7.aitoken.invalid.mallory.example/',
    'https://7.aitoken.invalid@mallory.example/',
    'https://mallory.example/7.aitoken.invalid',
    'https://mallory.example/?x=https://7.aitoken.invalid',
    'https://7.aitoken.invalid:8443/',
    'http://7.aitoken.invalid/',
    'https://07.aitoken.invalid/',
    'https://0.aitoken.invalid/',
    'https://x.7.aitoken.invalid/',
    'https://.aitoken.invalid/',
    '7.aitoken.invalid',
  ])
    expect(parseProviderUrl(url)).toBeUndefined()
  for (const url of [
    'aitoken://7@mallory.example',
    'aitoken://7:1/v1',
    'aitoken://x',
    'https://a/aitoken://7',
  ])
    expect(spellProviderUrl(url)).toBe(url)
})

test('default: requests go below the endpoint', () => {
  expect(at('https://carol.example')).toBe('https://carol.example/v1/models?page=2')
  expect(at('https://carol.example:8443/gateway/')).toBe(
    'https://carol.example:8443/gateway/v1/models?page=2',
  )
  expect(at('http://127.0.0.1:1', undefined, true)).toBe('http://127.0.0.1:1/v1/models?page=2')
  const climbing = `${toProviderUrl(7n)}/../../admin`
  expect(at('https://carol.example/gateway', climbing)).toBe('https://carol.example/gateway/admin')
})

test('error: ProviderEndpointError', () => {
  for (const endpoint of [
    'http://carol.example',
    'https://user:secret@carol.example',
    'https://carol.example/?to=',
    'https://carol.example/#x',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'carol.example',
    '',
  ])
    expect(() => at(endpoint)).toThrow(ProviderEndpointError)
  expect(() => at('file:///etc/passwd', undefined, true)).toThrow(ProviderEndpointError)
})

test('behavior: when nothing can be asked, the first failure is told', async () => {
  const send = createSender(() => Promise.reject(new TypeError('nobody is there')), {
    find: (_, { fresh = false } = {}) =>
      fresh ? Promise.reject(new RangeError('no node either')) : Promise.resolve(provider),
    minimumBond: 0n,
    plainHttp: false,
  })
  await expect(send(`${toProviderUrl(7n)}/v1/models`)).rejects.toThrow('nobody is there')
})
