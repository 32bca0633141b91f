import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { carol, clientOf, deployment, isolate, rpcUrl } from '~test/anvil.js'
import { databaseUrl, freshSchema } from '~test/database.js'
import { type FleetGateway, heldTokens, startGateway, tokens } from '~test/gatewayFleet.js'
import { ask, prices, shakespeare } from '~test/market.js'
import { openPayer } from '~test/payer.js'
import { getChannel } from '../channel/getChannel.js'
import { CreditInsufficientError, VoucherLoweredError, VoucherReplayedError } from '../ledger/errors.js'
import { sumReserved } from '../ledger/ledger.js'
import { createPostgresStore } from '../postgres/createPostgresStore.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import { createCommentSplitter, type PaymentComment } from '../wire/comment.js'
import { decodeProblem } from '../wire/problemDocument.js'
import { decodeReceipt } from '../wire/receiptText.js'
import { createProvider } from './createProvider.js'

isolate()
const gateways: FleetGateway[] = []
const database = { connectionString: '', schema: freshSchema() }
beforeAll(async () => {
  database.connectionString = await databaseUrl()
  const { input, output, request } = prices
  const task = {
    contracts: { aiToken: deployment.aiToken, paymentChannels: deployment.paymentChannels },
    database,
    prices: { input: `${input}`, output: `${output}`, request: `${request}` },
    rpcUrl,
  }
  gateways.push(...(await Promise.all([task, task, task].map(startGateway))))
  // Three processes load all of the package at once.
}, 120_000)
afterAll(() => Promise.all(gateways.map((gateway) => gateway.kill())))
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A payer of all gateways, and one more in this process that looks after the books. */
async function openMarket() {
  const clock = { skew: 0 }
  const store = createPostgresStore(database)
  closing.push(() => store.close())
  const keeper = createProvider({
    channels: deployment.paymentChannels,
    client: clientOf(carol),
    models: [{ id: 'shakespeare', maxOutputTokens: 512, prices, upstream: await shakespeare() }],
    now: () => Date.now() + clock.skew,
    store,
    token: deployment.aiToken,
  })
  const payer = await openPayer(keeper)
  let cumulative = 10n ** 15n

  /** Pays for a request; of vouchers that overtake each other on the way, the later ones are signed again. */
  const buy = async ({ url }: FleetGateway, options: Record<string, unknown>): Promise<Response> => {
    for (;;) {
      const init = ask({ max_tokens: tokens, prompt: 'speak', ...options })
      const headers = { ...init.headers, 'ai-payment': await payer.pay(cumulative++) }
      const response = await fetch(`${url}/v1/completions`, { ...init, headers })
      if (response.ok) return response
      const error = decodeProblem(await response.json())
      if (!(error instanceof VoucherLoweredError || error instanceof VoucherReplayedError)) throw error
    }
  }

  /** Looks at the book, which must never promise more than was authorized. */
  const look = async () => {
    const book = await store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))
    if (!book) throw new RangeError('The book is gone')
    expect(book.spent + sumReserved(book)).toBeLessThanOrEqual(book.authorized)
    expect(book.authorized).toBeLessThanOrEqual(book.deposit)
    return book
  }
  return { buy, clock, keeper, look, payer }
}

/** Reads a stream to its end, or to where it breaks; `onComment` hears what is said about payment. */
async function hear(response: Response, onComment: (comment: PaymentComment) => Promise<void>) {
  const splitter = createCommentSplitter()
  let text = ''
  for await (const chunk of response.body ?? []) {
    const { bytes, comments } = splitter.split(chunk)
    text += new TextDecoder().decode(bytes)
    for (const comment of comments) await onComment(comment)
  }
  return text
}

/** The receipt of an answer; undefined when it broke off. */
async function receiptOf(response: Response): Promise<SignedReceipt | undefined> {
  const header = response.headers.get('ai-receipt')
  if (header) {
    await response.json()
    return decodeReceipt(header)
  }
  let receipt: SignedReceipt | undefined
  const whole = hear(response, async (comment) => {
    if (comment.receipt) receipt = decodeReceipt(comment.receipt)
  })
  return whole.then(
    () => receipt,
    () => undefined,
  )
}

test('behavior: gateways share a channel, one is killed, and every unit is accounted for', async () => {
  const { buy, clock, keeper, look, payer } = await openMarket()
  const [doomed, ...others] = gateways
  if (!doomed) throw new RangeError('There is no gateway')

  // What stands still at the gateway that will die: two streams in the middle, and a request that gets no answer.
  const held = await Promise.all([1, 2].map(() => buy(doomed, { prompt: 'hold', stream: true })))
  const unanswered = buy(doomed, { prompt: 'hold' }).catch((error: unknown) => error)
  const reading = held.map(async (response) => {
    const reader = response.body?.getReader()
    let text = ''
    while (reader && text.split('Romeo').length <= heldTokens) {
      const { value = new Uint8Array() } = await reader.read()
      text += new TextDecoder().decode(value)
    }
    return async () => reader?.read().catch(() => undefined)
  })
  const broken = await Promise.all(reading)

  const work = [...gateways, ...gateways, ...gateways].flatMap((gateway) =>
    [true, false].map(async (stream) => {
      const receipt = await receiptOf(await buy(gateway, { stream }))
      await look()
      return receipt
    }),
  )
  const early = await Promise.all(work)
  const late = [0, 1, 2, 3].flatMap(() =>
    gateways.map(async (gateway, index) => {
      const answer = buy(gateway, { stream: index === 1 }).then(receiptOf)
      const receipt = await answer.catch((error: unknown) => {
        expect(gateway).toBe(doomed)
        expect(error).toBeInstanceOf(TypeError)
        return undefined
      })
      await look()
      return receipt
    }),
  )
  await doomed.kill()
  const receipts = [...early, ...(await Promise.all(late))].filter((receipt) => receipt !== undefined)
  await Promise.all(broken.map((read) => read()))
  expect(await unanswered).toBeInstanceOf(TypeError)
  expect(receipts.length).toBeGreaterThanOrEqual(18 + 4 * others.length)

  // No two of them were given one place, and none says more was charged than the book.
  const places = receipts.map(({ receipt }) => receipt.sequence)
  expect(new Set(places).size).toBe(places.length)
  const left = await look()
  const charged = receipts.reduce((sum, { receipt }) => sum + receipt.cost, 0n)
  const lost = left.reserved.length
  expect(lost).toBeGreaterThanOrEqual(3)

  // Long after, what the dead process held is charged for what it had delivered, and the rest given back.
  clock.skew = 1_000_000
  const closed = await keeper.close(payer.channelId)
  const book = await look()
  expect(book).toMatchObject({ reserved: [], settled: closed.spent, spent: closed.spent, status: 'closed' })
  const most = (await dearest(charged, receipts)) * BigInt(lost + late.length / 3)
  expect(closed.spent - charged).toBeLessThanOrEqual(most)
  // Each of the two streams stood at 150 tokens, and at most a window of 64 of them was not written yet.
  const perToken = prices.output / 1_000_000n
  expect(closed.spent - charged).toBeGreaterThanOrEqual(2n * BigInt(heldTokens - 64) * perToken)
  const { channelId } = payer
  const state = await getChannel(clientOf(carol), { channelId, channels: deployment.paymentChannels })
  expect(state).toMatchObject({ closed: true, settled: closed.spent })
  expect(closed.refunded).toBe(payer.deposit - closed.spent)
})

/** The cost of the dearest answer: what one that was lost may have cost. */
async function dearest(sum: bigint, receipts: readonly SignedReceipt[]): Promise<bigint> {
  let most = 0n
  for (const { receipt } of receipts) if (receipt.cost > most) most = receipt.cost
  expect(sum).toBeLessThanOrEqual(most * BigInt(receipts.length))
  return most
}

test('behavior: a voucher that one gateway takes wakes a stream that another serves', async () => {
  const { look, payer } = await openMarket()
  const [, serving, paid] = gateways
  if (!serving || !paid) throw new RangeError('There are no gateways')
  const body = ask({ max_tokens: tokens, prompt: 'speak', stream: true })
  const begin = async (cumulativeAmount: bigint) => {
    const headers = { ...body.headers, 'ai-payment': await payer.pay(cumulativeAmount) }
    return fetch(`${serving.url}/v1/completions`, { ...body, headers })
  }
  // Enough for the first window and no more.
  const refused = decodeProblem(await (await begin(1n)).json())
  if (!(refused instanceof CreditInsufficientError)) throw refused
  const response = await begin(refused.required)
  expect(response.status).toBe(200)
  let receipt: SignedReceipt | undefined
  let need = 0n
  let pauses = 0
  const text = await hear(response, async (comment) => {
    if (comment.receipt) receipt = decodeReceipt(comment.receipt)
    need = comment.need ?? need
    // Pays late on purpose: the stream must already wait.
    if (!comment.paused) return
    pauses += 1
    const voucher = { headers: { 'ai-payment': await payer.pay(need) }, method: 'POST' }
    const raised = await fetch(`${paid.url}/v1/channels/${payer.channelId}/vouchers`, voucher)
    expect(raised.status).toBe(200)
  })
  expect(text.split('Romeo').length - 1).toBe(tokens)
  expect(pauses).toBeGreaterThan(0)
  expect(receipt?.receipt.outputTokens).toBe(tokens)
  expect(await look()).toMatchObject({ reserved: [], spent: receipt?.receipt.cost })
})
