import { confirm } from '@aitoken/core'
import { afterAll, afterEach, expect, test } from 'vitest'
import { alice, carol, client, clientOf, deployment, isolate, mallory } from '~test/anvil.js'
import { ask, budget, hireBob, openShop, prices } from '~test/market.js'

import { ChannelMissingError } from '../channel/errors.js'
import { hashChannel } from '../channel/hashChannel.js'
import { hashPriceTable } from '../price/hashPriceTable.js'
import { signPriceTable } from '../price/signPriceTable.js'
import { BillExceedsUsageError, ReceiptMismatchError } from '../receipt/errors.js'
import type { UsageReceipt } from '../receipt/receipt.js'
import { signReceipt } from '../receipt/signReceipt.js'
import { setOperator } from '../settlement/setOperator.js'
import { auditReceipt } from './auditReceipt.js'
import { ReceiptOverdrawnError, ReceiptUnboundError } from './errors.js'

const shop = await openShop()
afterAll(() => shop.close())
isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
const channels = deployment.paymentChannels
const domain = { chainId: client.chain.id, channels }

/** Bob buys one answer and keeps everything that an auditor needs. */
async function buy(url = shop.url) {
  const consumer = await hireBob()
  const request = ask()
  const response = await consumer.fetch(`${url}/v1/completions`, request)
  const { channel } = await consumer.channel(url)
  const { priceTable, priceTableSignature } = await consumer.quote(url)
  const [signed] = consumer.receipts()
  if (!signed) return expect.unreachable()
  return {
    consumer,
    evidence: {
      ...signed,
      channel,
      channels,
      priceTable,
      priceTableSignature,
      requestBody: new TextEncoder().encode(String(request.body)),
      responseBody: new Uint8Array(await response.arrayBuffer()),
    },
  }
}

test('default', async () => {
  const { consumer, evidence } = await buy()
  const audit = await auditReceipt(client, evidence)
  const { cost } = evidence.receipt
  expect(audit).toMatchObject({ discount: 0n, due: cost, model: 'shakespeare', settled: false })
  expect(audit).toMatchObject({ signer: carol.address, standing: 'payee' })
  expect(audit.channel.deposit).toBe(budget.session)
  await consumer.close(shop.url)
  expect(await auditReceipt(client, evidence)).toMatchObject({ channel: { closed: true }, settled: true })
})

test('error: ReceiptUnboundError, until the payee says who signs for it', async () => {
  const inn = await openShop({ account: alice, payee: carol.address })
  closing.push(() => inn.close())
  const { evidence } = await buy(inn.url)
  await expect(auditReceipt(client, evidence)).rejects.toBeInstanceOf(ReceiptUnboundError)
  expect((await auditReceipt(client, { ...evidence, signer: alice.address })).standing).toBe('known')
  const wallet = clientOf(carol)
  const hash = await setOperator(wallet, { approved: true, channels, operator: alice.address })
  await confirm(wallet, { hash })
  expect((await auditReceipt(client, evidence)).standing).toBe('operator')
})

test('error: BillExceedsUsageError, ReceiptOverdrawnError, by a unit', async () => {
  const { evidence } = await buy()
  const resign = async (changes: Partial<UsageReceipt>) => {
    const receipt = { ...evidence.receipt, ...changes }
    return { ...evidence, receipt, signature: await signReceipt(carol, { ...domain, receipt }) }
  }
  const { cost } = evidence.receipt
  const greedy = await auditReceipt(client, await resign({ cost: cost + 1n })).catch(
    (error: unknown) => error,
  )
  expect(greedy).toBeInstanceOf(BillExceedsUsageError)
  expect(greedy).toMatchObject({ difference: 1n })
  expect(await auditReceipt(client, await resign({ cost: cost - 1n }))).toMatchObject({ discount: 1n })
  const whole = { cumulative: budget.session }
  await expect(auditReceipt(client, await resign(whole))).resolves.toMatchObject({ settled: false })
  const above = await resign({ cumulative: budget.session + 1n })
  await expect(auditReceipt(client, above)).rejects.toBeInstanceOf(ReceiptOverdrawnError)
})

test('error: ReceiptMismatchError, when Mallory swaps the price table, the channel or the text', async () => {
  const { evidence } = await buy()
  const { model } = evidence.priceTable.models[0] ?? { model: '' }
  const dear = {
    ...evidence.priceTable,
    models: [{ cachedInput: 0n, model, reasoning: 0n, ...prices, output: 10n * prices.output }],
  }
  const swapped = {
    ...evidence,
    priceTable: dear,
    priceTableSignature: await signPriceTable(carol, { ...domain, table: dear }),
  }
  await expect(auditReceipt(client, swapped)).rejects.toBeInstanceOf(ReceiptMismatchError)
  const other = { ...evidence, channel: { ...evidence.channel, payee: mallory.address } }
  await expect(auditReceipt(client, other)).rejects.toBeInstanceOf(ReceiptMismatchError)
  const body = { ...evidence, requestBody: new TextEncoder().encode('{}') }
  await expect(auditReceipt(client, body)).rejects.toBeInstanceOf(ReceiptMismatchError)
  // A table of somebody else's prices, named by a receipt that Carol signs.
  const table = { ...evidence.priceTable, payee: mallory.address }
  const receipt = { ...evidence.receipt, priceTableHash: hashPriceTable({ ...domain, table }) }
  const foreign = {
    ...evidence,
    priceTable: table,
    priceTableSignature: await signPriceTable(carol, { ...domain, table }),
    receipt,
    signature: await signReceipt(carol, { ...domain, receipt }),
  }
  await expect(auditReceipt(client, foreign)).rejects.toBeInstanceOf(ReceiptMismatchError)
})

test('error: PriceTableSignerError, ReceiptUnboundError, when Mallory signs as if she were Carol', async () => {
  const { evidence } = await buy()
  const { receipt } = evidence
  const signature = await signReceipt(mallory, { ...domain, receipt })
  await expect(auditReceipt(client, { ...evidence, signature })).rejects.toMatchObject({
    name: 'PriceTableSignerError',
  })
  const priceTableSignature = await signPriceTable(mallory, { ...domain, table: evidence.priceTable })
  const usurped = { ...evidence, priceTableSignature, signature }
  await expect(auditReceipt(client, usurped)).rejects.toBeInstanceOf(ReceiptUnboundError)
})

test('error: ChannelMissingError', async () => {
  const { evidence } = await buy()
  const channel = { ...evidence.channel, salt: `0x${'77'.repeat(32)}` as const }
  const receipt = { ...evidence.receipt, channelId: hashChannel({ ...domain, channel }) }
  const signature = await signReceipt(carol, { ...domain, receipt })
  const invented = auditReceipt(client, { ...evidence, channel, receipt, signature })
  await expect(invented).rejects.toBeInstanceOf(ChannelMissingError)
})
