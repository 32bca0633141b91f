// One paid, streamed completion from end to end, on a chain of its own.
import { createAitoken, getBalance, transfer } from '@aitoken/core'
import { deployAitoken } from '@aitoken/core/deploy'
import { privateKeyToSigner, type SignedReceipt, verifyReceipt } from '@aitoken/inference'
import { createConsumer } from '@aitoken/inference/consumer'
import { createNgramUpstream, loadShakespeare } from '@aitoken/inference/ngram'
import { createOpenaiUpstream, createProvider } from '@aitoken/inference/provider'
import { http, parseEther } from 'viem'
import { getBlockNumber } from 'viem/actions'
import { anvil } from 'viem/chains'

import { keys } from '../../test/accounts.js'
import { startChain } from '../chain/startChain.js'
import { complete } from './complete.js'
import { listTransactions } from './listTransactions.js'
import { type Options, parseOptions } from './parseOptions.js'
import { paint, printJson, printReport, type Report } from './printReport.js'
import { serve } from './serve.js'

const options = parseOptions(process.argv.slice(2))
/** Progress is for people; with `--json` only the result is printed. */
const say = (text: string): void => {
  if (!options.json) console.log(paint('dim', text))
}
const stops: (() => Promise<void>)[] = []

try {
  const report = await run(options)
  if (options.json) printJson(report)
  else printReport(report)
  process.exitCode = report.receiptVerified ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : error)
  process.exitCode = 1
} finally {
  for (const stop of stops.reverse()) await stop()
}
process.exit()

async function run(options: Options): Promise<Report> {
  say('Starting a local chain …')
  const chain = await startChain()
  stops.push(chain.stop)
  const transport = http(chain.rpcUrl)
  const clientOf = (key: `0x${string}`, deployment = {}) =>
    createAitoken({
      account: privateKeyToSigner(key),
      chain: anvil,
      deployment,
      pollingInterval: 20,
      transport,
    })

  say('Deploying the token and the payment channels …')
  const deployer = clientOf(keys.alice)
  const supply = parseEther('1000')
  const { contracts } = await deployAitoken(deployer, { token: { supply } })
  const consumerClient = clientOf(keys.bob, contracts)
  const providerClient = clientOf(keys.carol, contracts)
  const [consumerAddress, providerAddress] = [consumerClient.account.address, providerClient.account.address]
  await transfer(clientOf(keys.alice, contracts), { amount: parseEther('10'), to: consumerAddress })

  if (options.upstream) await checkUpstream(options.upstream)
  say(options.upstream ? `Selling ${options.model} of ${options.upstream} …` : 'Loading the language model …')
  const upstream = options.upstream
    ? createOpenaiUpstream({ apiKey: process.env.OPENAI_API_KEY, baseUrl: options.upstream })
    : createNgramUpstream({ model: await loadShakespeare(), name: options.model })
  const prices = { input: parseEther('0.2'), output: parseEther('0.6'), request: 0n }
  const provider = createProvider({
    client: providerClient,
    models: [{ id: options.model, maxOutputTokens: Math.max(options.maxTokens, 4_096), prices, upstream }],
  })
  const gateway = await serve(provider.fetch)
  stops.push(gateway.stop)
  // The same model, behind the same server, without payment: what the latency is compared with.
  const headers = { 'content-type': 'application/json' } as const
  const free = await serve(async (request) =>
    upstream.fetch(request.url, {
      body: await request.text(),
      headers,
      method: 'POST',
      signal: request.signal,
    }),
  )
  stops.push(free.stop)

  let vouchers = 0
  let requestBody = new Uint8Array()
  const deposit = parseEther('0.1')
  const consumer = createConsumer({
    budget: { request: deposit, session: deposit },
    client: consumerClient,
    // What goes over the wire is counted, and the request kept to check the receipt against.
    fetch: async (input, init) => {
      const request = new Request(input, init)
      if (request.headers.has('ai-payment')) vouchers++
      if (request.url.endsWith('/completions'))
        requestBody = new Uint8Array(await request.clone().arrayBuffer())
      return fetch(request)
    },
  })
  const balanceOf = (account: `0x${string}`) => getBalance(consumerClient, { account })
  const before = { consumer: await balanceOf(consumerAddress), provider: await balanceOf(providerAddress) }
  const block = await getBlockNumber(consumerClient)

  say('Warming up, unpaid …')
  await complete(`${free.url}/v1`, options)
  const unpaid = await complete(`${free.url}/v1`, options)

  say('Opening a payment channel …')
  await consumer.channel(gateway.url)
  say('Streaming, paid as it comes:\n')
  if (!options.json) process.stdout.write(paint('cyan', options.prompt))
  const paid = await complete(`${gateway.url}/v1`, options, {
    fetch: consumer.fetch,
    onText: (text) => {
      if (!options.json) process.stdout.write(text)
    },
  })
  if (!options.json) process.stdout.write('\n\n')

  say('Settling and closing …')
  const closed = await consumer.close(gateway.url)
  const after = { consumer: await balanceOf(consumerAddress), provider: await balanceOf(providerAddress) }
  const [receipt] = consumer.receipts()
  if (!receipt) throw new Error('The provider sent no receipt.')

  return {
    balances: {
      consumer: { after: after.consumer, before: before.consumer },
      provider: { after: after.provider, before: before.provider },
    },
    charged: closed.spent,
    consumer: consumerAddress,
    deposit,
    overheadMs: paid.timeToFirstTokenMs - unpaid.timeToFirstTokenMs,
    prices,
    prompt: options.prompt,
    receiptVerified: await verify(receipt),
    refunded: closed.refunded,
    text: paid.text,
    timeToFirstTokenMs: paid.timeToFirstTokenMs,
    tokens: { input: receipt.receipt.inputTokens, output: receipt.receipt.outputTokens },
    transactions: await listTransactions(consumerClient, block),
    unpaidTimeToFirstTokenMs: unpaid.timeToFirstTokenMs,
    vouchers,
  }

  /** Checks the receipt once more, as a third party would that only has the quote and the request. */
  async function verify({ receipt, signature }: SignedReceipt): Promise<boolean> {
    const { chainId, channels, priceTable, receiptSigner } = await consumer.quote(gateway.url)
    const price = priceTable.models.find(({ model }) => model === options.model)
    await verifyReceipt({ chainId, channels, price, receipt, requestBody, signature, signer: receiptSigner })
    return receipt.cumulative === closed.spent
  }
}

/** Says what is wrong with an upstream before anything depends on it. */
async function checkUpstream(url: string): Promise<void> {
  const models = `${url.replace(/\/$/, '')}/models`
  const headers = process.env.OPENAI_API_KEY ? { authorization: `Bearer ${process.env.OPENAI_API_KEY}` } : {}
  const response = await fetch(models, { headers, signal: AbortSignal.timeout(10_000) }).catch(
    (cause: unknown) => {
      throw new Error(
        `No server answers at ${url}. Start one, or leave --upstream out to sell the built-in model.`,
        {
          cause,
        },
      )
    },
  )
  if (!response.ok)
    throw new Error(`${models} answered with status ${response.status}: is this an OpenAI-compatible server?`)
}
