import { afterAll, expect, test } from 'vitest'
import { carol, client, clientOf, deployment, isolate, mallory } from '~test/anvil.js'
import { ask, hireBob, openShop } from '~test/market.js'

import { closeChannel } from '../channel/closeChannel.js'
import { ReceiptSignerError } from '../receipt/errors.js'
import { signStatement } from '../statement/signStatement.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import { decodeProof, encodeProof } from './encodeProof.js'
import { ProofInvalidError, ReceiptUnboundError } from './errors.js'
import { proveOvercapture } from './proveOvercapture.js'
import { verifyOvercapture } from './verifyOvercapture.js'

const store = createMemoryStore()
const shop = await openShop({ store })
afterAll(() => shop.close())
isolate()
const channels = deployment.paymentChannels

/** Bob buys, and Carol closes for all that was signed instead of what she charged. */
async function rob() {
  const consumer = await hireBob()
  await consumer.fetch(`${shop.url}/v1/completions`, ask())
  const { channel, channelId, signed } = await consumer.channel(shop.url)
  const [last] = consumer.receipts()
  const book = await store.transact(channelId, (ledger) => ({ ledger, result: ledger }))
  if (!last || !book?.signature) return expect.unreachable()
  const { signature } = book
  const wallet = clientOf(carol)
  const capture = async (amount: bigint) => {
    const parameters = { capture: amount, channel, channels, cumulativeAmount: signed, signature }
    await client.waitForTransactionReceipt({ hash: await closeChannel(wallet, parameters) })
  }
  return { capture, channel, channelId, last, signed }
}

test('default', async () => {
  const { capture, channel, last, signed } = await rob()
  await capture(signed)
  const proof = await proveOvercapture(client, { channel, channels, said: { kind: 'receipt', ...last } })
  expect(proof).toMatchObject({ settled: signed, signer: carol.address })
  const read = decodeProof(encodeProof(proof))
  if (read.kind !== 'overcapture') return expect.unreachable()
  expect(read).toEqual({ ...proof, channel: { ...proof.channel } })
  const excess = signed - last.receipt.cumulative
  expect(await verifyOvercapture(client, read, { channels })).toEqual({
    conclusive: false,
    excess,
    standing: 'payee',
  })
})

test('behavior: a final statement is the last word', async () => {
  const { capture, channel, channelId, last, signed } = await rob()
  const statement = { deadline: 2_000_000_000n, spent: last.receipt.cumulative }
  const domain = { chainId: client.chain.id, channelId, channels }
  const signature = await signStatement(carol, { ...domain, ...statement })
  await capture(signed)
  const said = { kind: 'statement', ...statement, signature } as const
  const proof = decodeProof(encodeProof(await proveOvercapture(client, { channel, channels, said })))
  if (proof.kind !== 'overcapture') return expect.unreachable()
  expect(await verifyOvercapture(client, proof, { channels })).toMatchObject({
    conclusive: true,
    standing: 'payee',
  })
})

test('error: ProofInvalidError, when Bob accuses Carol of what she did not do', async () => {
  const { capture, channel, last, signed } = await rob()
  const said = { kind: 'receipt', ...last } as const
  await capture(last.receipt.cumulative)
  await expect(proveOvercapture(client, { channel, channels, said })).rejects.toBeInstanceOf(
    ProofInvalidError,
  )
  const forged = {
    chainId: client.chain.id,
    channel,
    channels,
    kind: 'overcapture',
    said,
    settled: signed,
    signer: carol.address,
  } as const
  await expect(verifyOvercapture(client, forged, { channels })).rejects.toBeInstanceOf(ProofInvalidError)
  await expect(verifyOvercapture(client, { ...forged, chainId: 1 }, { channels })).rejects.toBeInstanceOf(
    ProofInvalidError,
  )
  const other = { ...forged, channel: { ...channel, salt: `0x${'77'.repeat(32)}` as const } }
  await expect(verifyOvercapture(client, other, { channels })).rejects.toBeInstanceOf(ProofInvalidError)
})

test('error: ReceiptSignerError, ReceiptUnboundError, when Mallory signs what Carol should have said', async () => {
  const { capture, channel, channelId, signed } = await rob()
  await capture(signed)
  const statement = { deadline: 2_000_000_000n, spent: 0n }
  const domain = { chainId: client.chain.id, channelId, channels }
  const signature = await signStatement(mallory, { ...domain, ...statement })
  const said = { kind: 'statement', ...statement, signature } as const
  const proof = await proveOvercapture(client, { channel, channels, said })
  await expect(verifyOvercapture(client, proof, { channels })).rejects.toBeInstanceOf(ReceiptUnboundError)
  const framed = { ...proof, signer: carol.address }
  await expect(verifyOvercapture(client, framed, { channels })).rejects.toBeInstanceOf(ReceiptSignerError)
})
