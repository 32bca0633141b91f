// The server whose processor time the benchmarks measure: nothing else runs in this process.
import { withDeployment } from '@aitoken/core'
import { hashPriceTable, loadEngine, privateKeyToSigner } from '@aitoken/inference'
import { createProvider } from '@aitoken/inference/provider'
import { Hono } from 'hono'
import { type Address, createClient, http } from 'viem'
import { anvil } from 'viem/chains'

import { keys } from '../../../test/accounts.ts'
import { answerFree, createModel, type ModelName, readStop } from './model.ts'
import { type Books, openBooks } from './openBooks.ts'
import { serveMeasured } from './serveMeasured.ts'

/** What the server is told. */
export type ServerOptions = {
  aiToken: Address
  books?: Books
  paymentChannels: Address
  rpcUrl: string
  /** Whether a link pays for a whole request, and sessions need no second voucher: lanes then differ in their proof. */
  wholesale?: boolean
}

const { aiToken, books, paymentChannels, rpcUrl, wholesale } = JSON.parse(
  process.argv[2] ?? '',
) as ServerOptions
const account = privateKeyToSigner(keys.carol, { engine: await loadEngine() })
const chain = withDeployment(anvil, { aiToken, paymentChannels })
const store = await openBooks({ aiToken, paymentChannels, ...books })
const prices = { input: 1_000_000n, output: 2_000_000n }
const serveModel = (id: ModelName) => ({ id, maxOutputTokens: 2_048, prices, upstream: createModel(id) })
const trivial = serveModel('trivial')
const models = [trivial, serveModel('paced'), serveModel('stalled')]
const provider = createProvider({
  // Books that were written at the start stay fresh to the end.
  channelTtl: 3_600_000,
  client: createClient({ account, chain, transport: http(rpcUrl) }),
  creditWindow: wholesale ? 10n ** 12n : 0n,
  // A stream that stands still is measured, not ended.
  idleTimeout: 600_000,
  models,
  onError: (error) => console.error(error),
  store,
  streamUnit: wholesale ? 10_000n : undefined,
})

const app = new Hono()
for (const { id, upstream } of models)
  app.post(`/free/${id}/v1/completions`, (context) => answerFree(upstream, context))
// What every gateway does that counts tokens, paid or not: it reads what the model answered.
app.post('/read/v1/completions', async (context) => {
  const answer = await answerFree(trivial.upstream, context)
  return context.body(await answer.text(), 200, { 'content-type': 'application/json' })
})
app.all('*', (context) => provider.fetch(context.req.raw))
serveMeasured(
  app,
  async () => {
    const { priceTable: table } = await provider.quote()
    return { priceTag: hashPriceTable({ chainId: anvil.id, channels: paymentChannels, table }).slice(0, 18) }
  },
  { stop: readStop },
)
