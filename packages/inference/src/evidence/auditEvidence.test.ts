import type { Hex } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { carol, client, clientOf, deployment, isolate, mallory } from '~test/anvil.js'
import { type Forgery, forge } from '~test/forge.js'
import { confirmed, endow, registryClientOf } from '~test/registry.js'

import { signReceipt } from '../receipt/signReceipt.js'
import { signStatement } from '../statement/signStatement.js'
import { auditEvidence } from './auditEvidence.js'
import { auditReceipt } from './auditReceipt.js'
import { EvidenceContractError, EvidenceMalformedError, ReceiptUnboundError } from './errors.js'
import { toConflictLine, toReceiptLine, toTermsLine } from './evidenceLine.js'
import { proveConflict } from './proveConflict.js'
import { verifyOvercapture } from './verifyOvercapture.js'

isolate()
beforeEach(() => endow(mallory))
const chainId = client.chain.id
const channels = deployment.paymentChannels

/** A contract that answers every question with ones: it knows any channel, and calls anybody an operator. */
async function deployLiar(): Promise<Hex> {
  const ones = [0, 32, 64, 96, 128, 160].map((at) => `600160${at.toString(16).padStart(2, '0')}52`).join('')
  const runtime = `${ones}60c06000f3`
  const data: Hex = `0x60${(runtime.length / 2).toString(16)}80600b6000396000f3${runtime}`
  const hash = await clientOf(mallory).sendTransaction({ data })
  const { contractAddress } = await client.waitForTransactionReceipt({ hash })
  return contractAddress ?? expect.unreachable()
}

/** Mallory opens the channel that her receipts are about, to Carol. */
async function fund({ channel }: Forgery): Promise<void> {
  const { payee, salt } = channel
  const wallet = registryClientOf(mallory)
  await confirmed(wallet.channels.openChannel({ deposit: 1_000n, payee, salt }).then(({ hash }) => hash))
}

async function audit(
  lines: readonly string[],
  parameters: auditEvidence.Parameters = { signer: mallory.address },
) {
  const all = []
  for await (const item of auditEvidence(client, lines, { channels, ...parameters })) all.push(item)
  return all
}
const namesOf = async (...parameters: Parameters<typeof audit>) =>
  (await audit(...parameters)).map(({ error }) => error?.name)

test('default', async () => {
  const one = await forge(channels)
  const two = await forge(channels, { cumulative: 200n, sequence: 2n })
  await fund(one)
  const audited = await audit([toTermsLine(one.terms), toReceiptLine(one.signed), toReceiptLine(two.signed)])
  expect(audited.map(({ audit }) => audit?.standing)).toEqual(['known', 'known'])
})

test('error: EvidenceContractError, when Mallory brings a contract of her own', async () => {
  const liar = await deployLiar()
  const { channel, channelId, signed, terms } = await forge(liar, { cost: 1n, cumulative: 1n })
  const lines = [toTermsLine(terms), toReceiptLine(signed)]
  // Its word is taken by those who ask it, so nobody may ask it because the evidence says so.
  expect(await audit(lines, { channels: liar })).toMatchObject([
    { audit: { standing: 'operator' }, error: undefined },
  ])
  const [refused] = await audit(lines, {})
  expect(refused?.error).toBeInstanceOf(EvidenceContractError)
  expect(refused?.error).toMatchObject({ expected: channels, named: liar })
  const elsewhere = toTermsLine({ ...terms, chainId: 1 })
  expect((await audit([elsewhere, toReceiptLine(signed)], {}))[0]?.error).toBeInstanceOf(
    EvidenceMalformedError,
  )

  const statement = { deadline: 2_000_000_000n, spent: 0n }
  const signature = await signStatement(mallory, { chainId, channelId, channels: liar, ...statement })
  const proof = {
    chainId,
    channel,
    channels: liar,
    kind: 'overcapture',
    said: { kind: 'statement', ...statement, signature },
    settled: 1n,
    signer: mallory.address,
  } as const
  expect(await verifyOvercapture(client, proof, { channels: liar })).toMatchObject({ conclusive: true })
  await expect(verifyOvercapture(client, proof, { channels })).rejects.toBeInstanceOf(EvidenceContractError)
})

test('error: ReceiptRepeatedError, and numbers that fall, so that nothing counts twice', async () => {
  const one = await forge(channels)
  const two = await forge(channels, { cumulative: 200n, sequence: 2n })
  const hidden = await forge(channels, { requestHash: `0x${'77'.repeat(32)}` })
  await fund(one)
  const [terms, first, second] = [
    toTermsLine(one.terms),
    toReceiptLine(one.signed),
    toReceiptLine(two.signed),
  ]
  const shouted = first.replace(one.channelId, `0x${one.channelId.slice(2).toUpperCase()}`)
  expect(await namesOf([terms, first, first, shouted, second, second])).toEqual([
    undefined,
    'ReceiptRepeatedError',
    'ReceiptRepeatedError',
    undefined,
    'ReceiptRepeatedError',
  ])
  expect(await namesOf([terms, first, second, first, toReceiptLine(hidden.signed)])).toEqual([
    undefined,
    undefined,
    'EvidenceMalformedError',
    'EvidenceMalformedError',
  ])
  expect(await namesOf([terms, first, toReceiptLine(hidden.signed)])).toEqual([
    undefined,
    'ReceiptConflictError',
  ])
  // Receipts of another channel in between hide nothing.
  const other = await forge(channels, {}, { salt: `0x${'66'.repeat(32)}` })
  await fund(other)
  const between = [toTermsLine(other.terms), toReceiptLine(other.signed)]
  expect(await namesOf([terms, first, ...between, first])).toEqual([
    undefined,
    undefined,
    'ReceiptRepeatedError',
  ])
})

test('behavior: proofs of conflicts are verified', async () => {
  const one = await forge(channels)
  const other = await forge(channels, { requestHash: `0x${'77'.repeat(32)}` })
  const { channel } = one
  const proof = proveConflict({ chainId, channel, channels, first: one.signed, second: other.signed })
  const line = toConflictLine(proof)
  expect(await namesOf([line])).toEqual(['ReceiptConflictError'])
  const [proven] = await audit([line])
  expect(proven).toMatchObject({ audit: undefined, error: { proof: { kind: 'sequence' } } })
  expect((await audit([line], {}))[0]?.error).toBeInstanceOf(ReceiptUnboundError)
  const framed = { ...proof, signers: [carol.address, carol.address] } as const
  expect(await namesOf([toConflictLine(framed)])).toEqual(['ReceiptSignerError'])
  const agreeing = { ...proof, second: proof.first }
  expect(await namesOf([toConflictLine(agreeing)])).toEqual(['ProofInvalidError'])
  const elsewhere = { ...proof, chainId: 1 }
  expect(await namesOf([toConflictLine(elsewhere)])).toEqual(['EvidenceContractError'])
  await expect(audit(['{"kind":"conflict","proof":"{}"}'])).rejects.toBeInstanceOf(EvidenceMalformedError)
})

test('error: ReceiptMismatchError, when a cost is above its total', async () => {
  const { domain, signed, terms } = await forge(channels, { cumulative: 100n })
  await fund(await forge(channels))
  const known = { ...terms, signer: mallory.address }
  expect(await auditReceipt(client, { ...known, ...signed })).toMatchObject({ settled: false })
  const receipt = { ...signed.receipt, cumulative: 99n }
  const free = { receipt, signature: await signReceipt(mallory, { ...domain, receipt }) }
  await expect(auditReceipt(client, { ...known, ...free })).rejects.toMatchObject({
    field: 'cumulative',
    name: 'ReceiptMismatchError',
  })
})
