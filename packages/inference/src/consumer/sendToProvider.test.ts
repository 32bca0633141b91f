import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { carol, deployment, isolate } from '~test/anvil.js'
import { ask, hireBob, listen, openShop } from '~test/market.js'
import { endow, enlist } from '~test/registry.js'

const shop = await openShop()
const open: { close(): Promise<void> }[] = []
afterAll(() => shop.close())
isolate()
beforeEach(() => endow(carol))
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})
const hire = () => hireBob({ registry: { address: deployment.providerRegistry, plainHttp: true, ttl: 0 } })

/** Something that answers at a URL of its own until the test is over. */
async function serve(fetch: (request: Request) => Promise<Response>) {
  const server = await listen(fetch)
  open.push(server)
  return server
}

test('default: a Request to a provider by its id', async () => {
  const id = await enlist(carol, { endpoint: shop.url })
  const consumer = await hire()
  const models = await consumer.fetch(new Request(`aitoken://${id}/v1/models`))
  expect((await models.json()).data[0].id).toBe('shakespeare')
  for (const scheme of ['aitoken', 'AITOKEN'])
    expect((await consumer.fetch(new URL(`${scheme}://${id}/v1/models`))).status).toBe(200)
  const paid = await consumer.fetch(new Request(`aitoken://${id}/v1/completions`, ask()))
  expect((await paid.json()).choices[0].text.length).toBeGreaterThan(10)
  expect(consumer.receipts()).toHaveLength(1)
})

test('error: Mallory leads what is not paid for to a machine behind the caller', async () => {
  const seen: string[] = []
  const inner = await serve(async ({ url }) => {
    seen.push(url)
    return Response.json({ data: [] })
  })
  const headers: Headers[] = []
  const outer = await serve(async (request) => {
    headers.push(request.headers)
    return new Response(null, { headers: { location: `${inner.url}/admin` }, status: 307 })
  })
  const id = await enlist(carol, { endpoint: outer.url })
  const consumer = await hire()
  const keys = { 'api-key': 'b', authorization: 'Bearer a', cookie: 'c=d', 'x-api-key': 'e' }
  const url = `${consumer.url(id)}/v1/models`
  await expect(consumer.fetch(url, { headers: keys, redirect: 'follow' })).rejects.toThrow(TypeError)
  await expect(consumer.fetch(new Request(url, { headers: keys }))).rejects.toThrow(TypeError)
  expect(seen).toEqual([])
  expect(headers.length).toBeGreaterThan(1)
  for (const sent of headers) for (const name of Object.keys(keys)) expect(sent.has(name)).toBe(false)
})
