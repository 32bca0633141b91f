// The server whose processor time the benchmarks measure: nothing else runs in this process.
import { withDeployment } from '@aitoken/core'
import { hashPriceTable, loadEngine, privateKeyToSigner } from '@aitoken/inference'
import { createProvider } from '@aitoken/inference/provider'
import { Hono } from 'hono'
import { type Address, createClient, http } from 'viem'
import { anvil } from 'viem/chains'

import { keys } from '../../../test/accounts.ts'
import { answerFree, createTrivialModel } from './model.ts'
import { serveMeasured } from './serveMeasured.ts'

type Options = { aiToken: Address; paymentChannels: Address; rpcUrl: string }

const { aiToken, paymentChannels, rpcUrl } = JSON.parse(process.argv[2] ?? '') as Options
const account = privateKeyToSigner(keys.carol, { engine: await loadEngine() })
const chain = withDeployment(anvil, { aiToken, paymentChannels })
const upstream = createTrivialModel()
const prices = { input: 1_000_000n, output: 2_000_000n }
const provider = createProvider({
  client: createClient({ account, chain, transport: http(rpcUrl) }),
  models: [{ id: 'trivial', maxOutputTokens: 512, prices, upstream }],
  onError: (error) => console.error(error),
})

const app = new Hono()
app.post('/free/v1/completions', (context) => answerFree(upstream, context))
app.all('*', (context) => provider.fetch(context.req.raw))
serveMeasured(app, async () => {
  const { priceTable: table } = await provider.quote()
  return { priceTag: hashPriceTable({ chainId: anvil.id, channels: paymentChannels, table }).slice(0, 18) }
})
