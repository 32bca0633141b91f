import { afterAll, afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, openShop } from '~test/market.js'
import { openPayer } from '~test/payer.js'

const shop = await openShop()
afterAll(() => shop.close())
isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const page = 'https://app.example'
const preflight = (url: string, origin = page) =>
  fetch(`${url}/v1/completions`, {
    headers: {
      'access-control-request-headers': 'ai-payment,content-type',
      'access-control-request-method': 'POST',
      origin,
    },
    method: 'OPTIONS',
  })
const sharingOf = ({ headers }: Response) => [
  headers.get('access-control-allow-origin'),
  headers.get('access-control-expose-headers'),
]

test('default', async () => {
  const { headers, status } = await preflight(shop.url)
  expect(status).toBe(204)
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST')
  expect(headers.get('access-control-allow-headers')).toBe(
    'content-type, ai-payment, authorization, idempotency-key, *',
  )
})

test('behavior: answers, streams and problems are readable, and so are receipts', async () => {
  const payer = await openPayer(shop.provider)
  for (const [round, stream] of [false, true].entries()) {
    const init = ask({ stream })
    const headers = { ...init.headers, 'ai-payment': await payer.pay(BigInt(round + 1) * 10n ** 12n) }
    const response = await fetch(`${shop.url}/v1/completions`, { ...init, headers })
    expect(response.status).toBe(200)
    expect(sharingOf(response)).toEqual(['*', 'ai-receipt, *'])
    await response.text()
  }
  for (const path of ['/.well-known/aitoken.json', '/v1/models', '/nowhere', '/v1/channels/0x00'])
    expect(sharingOf(await fetch(shop.url + path))).toEqual(['*', 'ai-receipt, *'])
  const unpaid = await fetch(`${shop.url}/v1/completions`, ask())
  expect([unpaid.status, ...sharingOf(unpaid)]).toEqual([402, '*', 'ai-receipt, *'])
})

test('behavior: only the given origins', async () => {
  const inn = await openShop({ cors: [page] })
  closing.push(() => inn.close())
  const known = await preflight(inn.url)
  expect(known.headers.get('access-control-allow-origin')).toBe(page)
  expect(known.headers.get('vary')).toBe('origin')
  const stranger = await preflight(inn.url, 'https://mallory.example')
  expect(stranger.headers.get('access-control-allow-origin')).toBe(null)
  expect(stranger.headers.get('vary')).toBe('origin')
})

test('error: ProviderOptionError', async () => {
  for (const origin of ['https://app.example/', 'app.example', '*'])
    await expect(openShop({ cors: [origin] })).rejects.toMatchObject({ name: 'ProviderOptionError' })
})

test('behavior: none', async () => {
  const inn = await openShop({ cors: false })
  closing.push(() => inn.close())
  expect((await preflight(inn.url)).status).toBe(404)
  expect(sharingOf(await fetch(`${inn.url}/v1/models`))).toEqual([null, null])
})
