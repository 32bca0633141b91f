import { beforeEach, expect, test } from 'vitest'
import { carol, client, clientOf, dave, deployment, isolate, mallory } from '~test/anvil.js'
import { forge } from '~test/forge.js'
import { confirmed, endow, enlist, registryClientOf } from '~test/registry.js'

import { setOperator } from '../settlement/setOperator.js'
import { auditReceipt } from './auditReceipt.js'
import { PayeeConsentError, ReceiptUnboundError, SignerTermError } from './errors.js'
import { readStanding } from './readStanding.js'

isolate()
beforeEach(async () => {
  await endow(carol)
  await endow(mallory)
})
const channels = deployment.paymentChannels
const registry = deployment.providerRegistry
const payee = carol.address

/** Why Dave's key binds Carol. */
const standing = (provider: bigint, at?: bigint) =>
  readStanding(client, { at, channels, payee, provider, registry, signer: dave.address })
const listing = { endpoint: 'https://carol.example', payee, receiptSigner: mallory.address }

test('default', async () => {
  const id = await enlist(carol, { receiptSigner: dave.address })
  expect(await standing(id)).toBe('registered')
})

test("error: PayeeConsentError, when Mallory registers a key of her own as Carol's", async () => {
  const id = await enlist(mallory, { payee, receiptSigner: mallory.address })
  const { channel, signed, terms } = await forge(channels)
  const { hash } = await registryClientOf(mallory).channels.openChannel({
    deposit: 1_000n,
    payee,
    salt: channel.salt,
  })
  await confirmed(hash)
  const framed = { ...terms, ...signed, provider: id, registry }
  await expect(auditReceipt(client, framed)).rejects.toBeInstanceOf(PayeeConsentError)
  await expect(auditReceipt(client, framed)).rejects.toMatchObject({
    owner: mallory.address,
    payee,
    provider: id,
  })
  // An offer that nobody accepted binds nobody.
  await confirmed(registryClientOf(mallory).registry.offerProvider({ id, newOwner: payee }))
  await expect(auditReceipt(client, framed)).rejects.toBeInstanceOf(PayeeConsentError)
})

test('behavior: a payee agrees by making the owner its operator', async () => {
  const id = await enlist(mallory, { payee, receiptSigner: dave.address })
  await expect(standing(id)).rejects.toBeInstanceOf(PayeeConsentError)
  const operator = { approved: true, channels, operator: mallory.address }
  await confirmed(setOperator(clientOf(carol), operator))
  expect(await standing(id)).toBe('registered')
})

test('error: SignerTermError, for a key that was replaced, unless the time is known', async () => {
  const id = await enlist(carol, { receiptSigner: dave.address })
  const { registry: own } = registryClientOf(carol)
  await client.increaseTime({ seconds: 1_000 })
  await confirmed(own.updateProvider({ id, listing }))
  const { since, until } = await own.getSignerTerm({ id, signer: dave.address })
  await expect(standing(id)).rejects.toMatchObject({
    convicted: false,
    name: 'SignerTermError',
    since,
    until,
  })
  expect(await standing(id, BigInt(since))).toBe('registered')
  expect(await standing(id, BigInt(until) - 1n)).toBe('registered')
  for (const at of [BigInt(since) - 1n, BigInt(until)])
    await expect(standing(id, at)).rejects.toBeInstanceOf(SignerTermError)
})

test('behavior: a convicted key binds its provider for its time, and says so', async () => {
  const one = await forge(channels)
  const other = await forge(channels, { requestHash: `0x${'77'.repeat(32)}` })
  const id = await enlist(carol, { receiptSigner: mallory.address })
  const { channel, signed: first } = one
  const guilty = { at: undefined, channels, payee, provider: id, registry, signer: mallory.address }
  expect(await readStanding(client, guilty)).toBe('registered')
  const { registry: anybody } = registryClientOf(dave)
  await client.increaseTime({ seconds: 1_000 })
  await confirmed(anybody.slashWithProof({ channel, first, id, second: other.signed }))
  await expect(readStanding(client, guilty)).rejects.toMatchObject({ convicted: true })
  const { since } = await anybody.getSignerTerm({ id, signer: mallory.address })
  expect(await readStanding(client, { ...guilty, at: BigInt(since) })).toBe('convicted')
})

test('error: ReceiptUnboundError, ProviderUnknownError', async () => {
  const id = await enlist(carol)
  await expect(standing(id)).rejects.toBeInstanceOf(ReceiptUnboundError)
  const other = await enlist(carol, { payee: mallory.address, receiptSigner: dave.address })
  await expect(standing(other)).rejects.toBeInstanceOf(ReceiptUnboundError)
  await expect(standing(99n)).rejects.toMatchObject({ name: 'ProviderUnknownError' })
})
