import { afterAll, expect, test } from 'vitest'
import { carol, client, deployment, isolate, mallory } from '~test/anvil.js'
import { nthCharge } from '~test/charges.js'
import { connectCrook } from '~test/crook.js'
import { ask, hireBob, openShop } from '~test/market.js'

import { createMemoryArchive } from '../archive/createMemoryArchive.js'
import { auditEvidence } from '../evidence/auditEvidence.js'
import { decodeProof } from '../evidence/encodeProof.js'
import { EvidenceMalformedError } from '../evidence/errors.js'
import { verifyConflict } from '../evidence/verifyConflict.js'
import { ReceiptConflictError } from '../receipt/errors.js'
import type { UsageReceipt } from '../receipt/receipt.js'
import { signReceipt } from '../receipt/signReceipt.js'
import type { Consumer } from './createConsumer.js'

const shop = await openShop()
afterAll(() => shop.close())
isolate()

const completions = `${shop.url}/v1/completions`
const buy = async (consumer: Consumer, stream = false) =>
  (await consumer.fetch(completions, ask({ stream }))).text()
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  )
async function collect<item>(items: AsyncIterable<item>): Promise<item[]> {
  const all: item[] = []
  for await (const item of items) all.push(item)
  return all
}
const exported = (consumer: Consumer) => collect(consumer.exportReceipts())

test('default', async () => {
  const consumer = await hireBob()
  for (const stream of [false, true, false]) await buy(consumer, stream)
  const lines = await exported(consumer)
  expect(lines.map((line) => JSON.parse(line).kind)).toEqual(['terms', 'receipt', 'receipt', 'receipt'])
  const audited = await collect(auditEvidence(client, lines, { channels: deployment.paymentChannels }))
  expect(audited.map(({ audit }) => audit?.standing)).toEqual(['payee', 'payee', 'payee'])
  expect(audited.map(({ signed }) => signed)).toEqual(consumer.receipts())
})

test.each<[string, Partial<UsageReceipt> | ((receipt: UsageReceipt) => Partial<UsageReceipt>), string]>([
  ['input', ({ cost }) => ({ cost: cost * 9n, inputTokens: 9_999 }), 'BillExceedsUsageError'],
  ['output', ({ cost }) => ({ cost: cost * 9n, outputTokens: 5_000 }), 'BillExceedsUsageError'],
  [
    'reasoning',
    ({ cost }) => ({ cost: cost * 9n, outputTokens: 900, reasoningTokens: 900 }),
    'BillExceedsUsageError',
  ],
  ['a unit', ({ cost }) => ({ cost: cost + 1n }), 'BillExceedsUsageError'],
  ['the total', ({ cumulative }) => ({ cumulative: cumulative * 90n }), 'BillExceedsUsageError'],
  ['the price table', { priceTableHash: `0x${'66'.repeat(32)}` }, 'ReceiptMismatchError'],
])('behavior: a provider that inflates %s gets nothing more', async (_, change, name) => {
  for (const stream of [false, true]) {
    const forge = (receipt: UsageReceipt) => (typeof change === 'function' ? change(receipt) : change)
    const consumer = await hireBob({ fetch: connectCrook(forge) })
    expect(await failureOf(buy(consumer, stream))).toMatchObject({ name })
    expect(consumer.spent()).toBe(0n)
  }
})

test('error: ReceiptConflictError, when Carol repeats a number with another content', async () => {
  const consumer = await hireBob({
    fetch: connectCrook(({ sequence }, count) => (count === 1 ? { sequence: sequence - 1n } : {})),
  })
  await buy(consumer)
  const error = await failureOf(buy(consumer))
  if (!(error instanceof ReceiptConflictError && error.proof)) return expect.unreachable()
  expect(error.proof.kind).toBe('sequence')
  await verifyConflict(error.proof, { signer: carol.address })
  const last = (await exported(consumer)).at(-1) ?? ''
  const kept = decodeProof(JSON.parse(last).proof)
  if (kept.kind === 'overcapture') return expect.unreachable()
  await verifyConflict(kept, { signer: carol.address })
  expect(await failureOf(buy(consumer))).toBe(error)
})

test('error: ReceiptConflictError, when totals do not follow from each other', async () => {
  const consumer = await hireBob({
    fetch: connectCrook(({ cumulative }, count) => (count === 1 ? { cumulative: cumulative + 1n } : {})),
  })
  await buy(consumer)
  expect(await failureOf(buy(consumer))).toMatchObject({
    name: 'ReceiptConflictError',
    proof: { kind: 'total' },
  })
})

test('behavior: a contradiction is found after a restart, too', async () => {
  const store = createMemoryArchive()
  await buy(await hireBob({ store }))
  const again = await hireBob({
    fetch: connectCrook(({ sequence }) => ({ sequence: sequence - 1n })),
    store,
  })
  expect(await failureOf(buy(again))).toMatchObject({ name: 'ReceiptConflictError' })
})

test('behavior: the oldest receipts make room', async () => {
  const consumer = await hireBob({ receiptsKept: 2 })
  for (let index = 0; index < 4; index++) await buy(consumer)
  expect(consumer.receipts().map(({ receipt }) => receipt.sequence)).toEqual([nthCharge(3), nthCharge(4)])
  expect(await exported(consumer)).toHaveLength(3)
  await consumer.close(shop.url)
  await buy(consumer)
  expect(consumer.receipts()).toHaveLength(3)
  expect((await exported(consumer)).filter((line) => line.includes('"receipt"'))).toHaveLength(3)
})

test('behavior: Mallory changes exported receipts', async () => {
  const consumer = await hireBob()
  await buy(consumer)
  await buy(consumer)
  const [terms = '', one = '', two = ''] = await exported(consumer)
  const { channels, chainId } = JSON.parse(terms)
  const errorsOf = async (...lines: string[]) =>
    (await collect(auditEvidence(client, lines, { channels: deployment.paymentChannels }))).map(
      ({ error }) => error?.name,
    )
  expect(await errorsOf(terms, one, '', two)).toEqual([undefined, undefined])
  expect(await errorsOf(one)).toEqual(['EvidenceMalformedError'])
  expect(await errorsOf(terms, one.replace(/"sequence":"\d+"/, '"sequence":"2"'))).toEqual([
    'PriceTableSignerError',
  ])
  const [, , signed] = [terms, one, consumer.receipts()[1]]
  if (!signed) return expect.unreachable()
  const receipt = { ...signed.receipt, cumulative: signed.receipt.cumulative + 1n }
  const signature = await signReceipt(carol, { chainId, channels, receipt })
  const forged = two
    .replace(`"cumulative":"${signed.receipt.cumulative}"`, `"cumulative":"${receipt.cumulative}"`)
    .replace(signed.signature, signature)
  expect(await errorsOf(terms, one, forged)).toEqual([undefined, 'ReceiptConflictError'])
  const foreign = await signReceipt(mallory, { chainId, channels, receipt: signed.receipt })
  expect(await errorsOf(terms, two.replace(signed.signature, foreign))).toEqual(['PriceTableSignerError'])
  for (const line of ['{', '[]', '{"kind":"rumour"}'])
    await expect(
      collect(auditEvidence(client, [line], { channels: deployment.paymentChannels })),
    ).rejects.toBeInstanceOf(EvidenceMalformedError)
})
