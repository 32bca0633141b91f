import { InsufficientAllowanceError } from '@aitoken/core'
import { encodeEventTopics, parseEther, zeroAddress, zeroHash } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { bob, carol, dave, deployment, isolate, mallory } from '~test/anvil.js'
import { confirmed, endow, enlist, registryClientOf } from '~test/registry.js'

import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { BondInsufficientError, NothingUnbondingError, StillUnbondingError } from './bondErrors.js'
import {
  EndpointLengthError,
  ManifestUriLengthError,
  ProviderDeregisteredError,
  ProviderNotOfferedError,
  ProviderOwnerError,
  ProviderUnknownError,
  RegistrationMissingError,
  RegistryAddressError,
  SignerRetiredError,
} from './errors.js'
import { readProviderId } from './readProviderId.js'

const [owner, stranger] = [registryClientOf(carol), registryClientOf(mallory)]
const { registry } = owner
const day = 86_400
const listing = { endpoint: 'https://next.example', payee: dave.address, receiptSigner: dave.address }

isolate()
beforeEach(() => endow(carol))

test('default', async () => {
  const manifestDigest = `0x${'ab'.repeat(32)}` as const
  const id = await enlist(carol, { manifestDigest })
  const { timestamp } = await owner.getBlock()

  expect(await registry.getProvider({ id })).toEqual({
    bond: parseEther('100'),
    deregistered: false,
    endpoint: 'https://carol.example',
    id,
    manifestDigest,
    owner: carol.address,
    payee: carol.address,
    pendingOwner: zeroAddress,
    receiptSigner: carol.address,
    registeredAt: Number(timestamp),
    releaseAt: 0,
    unbonding: 0n,
  })
  expect(await registry.getProviderCount()).toBe(id)
  expect(await registry.getRegistryTerms()).toEqual({
    bondToken: deployment.aiToken,
    channels: deployment.paymentChannels,
    maxEndpointBytes: 256,
    maxUriBytes: 1024,
    payerShareBps: 2500,
    proofShareBps: 2000,
    unbondingDelay: 14 * day,
  })
})

test('behavior: what it publishes changes, and the old key answers for a while', async () => {
  const id = await enlist(carol)
  const { timestamp: began } = await owner.getBlock()
  await owner.increaseTime({ seconds: 60 })
  await confirmed(registry.updateProvider({ id, listing }))
  const { timestamp } = await owner.getBlock()
  expect(await registry.getProvider({ id })).toMatchObject({ ...listing, manifestDigest: zeroHash })
  const [before, after] = [
    { id, signer: carol.address },
    { id, signer: dave.address },
  ]
  expect(await registry.getSignerTerm(before)).toEqual({
    convicted: false,
    since: Number(began),
    until: Number(timestamp),
  })
  expect(await registry.isReceiptSigner({ ...before, at: began })).toBe(true)
  expect(await registry.isReceiptSigner({ ...before, at: timestamp })).toBe(false)
  expect(await registry.isReceiptSigner({ ...after, at: timestamp })).toBe(true)
  expect(await registry.isAccountable(before)).toBe(true)
  await owner.increaseTime({ seconds: 14 * day })
  await owner.mine({ blocks: 1 })
  expect(await registry.isAccountable(before)).toBe(false)
  expect(await registry.wasPayee({ id, payee: carol.address })).toBe(true)
  expect(await registry.wasPayee({ id, payee: bob.address })).toBe(false)
})

test('behavior: a bond leaves after its delay', async () => {
  const id = await enlist(carol)
  await confirmed(registry.bondProvider({ amount: 5n, id }))
  await confirmed(registry.unbondProvider({ amount: 7n, id }))
  const { bond, releaseAt, unbonding } = await registry.getProvider({ id })
  const { timestamp } = await owner.getBlock()
  expect([bond, unbonding]).toEqual([parseEther('100') - 2n, 7n])
  expect(releaseAt).toBe(Number(timestamp) + 14 * day)
  const withdrawal = { id, to: dave.address }
  await expect(registry.withdrawBond(withdrawal)).rejects.toBeInstanceOf(StillUnbondingError)
  await owner.setNextBlockTimestamp({ timestamp: BigInt(releaseAt) })
  await owner.mine({ blocks: 1 })
  await confirmed(registry.withdrawBond(withdrawal))
  expect(await owner.ait.getBalance({ account: dave.address })).toBe(7n)
  await expect(registry.withdrawBond(withdrawal)).rejects.toBeInstanceOf(NothingUnbondingError)
})

test('behavior: an owner hands over in two steps', async () => {
  const id = await enlist(carol)
  const taking = stranger.registry.acceptProvider({ id })
  await expect(taking).rejects.toBeInstanceOf(ProviderNotOfferedError)
  await confirmed(registry.offerProvider({ id, newOwner: mallory.address }))
  await confirmed(stranger.registry.acceptProvider({ id }))
  expect((await registry.getProvider({ id })).owner).toBe(mallory.address)
  const update = registry.updateProvider({ id, listing })
  await expect(update).rejects.toMatchObject({ caller: carol.address, owner: mallory.address })
})

test('behavior: leaving is final, and lists tell', async () => {
  const id = await enlist(carol)
  const next = await enlist(carol, { manifestUri: 'ipfs://manifest' })
  await confirmed(registry.deregisterProvider({ id }))
  await expect(registry.updateProvider({ id, listing })).rejects.toBeInstanceOf(ProviderDeregisteredError)
  const pages = []
  for await (const page of registry.listProviders({ pageSize: 1n })) pages.push(page)
  expect(pages.map(([provider]) => provider?.deregistered)).toEqual([true, false])
  const some = []
  for await (const page of registry.listProviders({ fromId: next, toId: next })) some.push(...page)
  expect(some.map((provider) => provider.id)).toEqual([next])
  const uris = []
  for await (const events of registry.getProviderEvents({ id: next }))
    for (const { args, eventName } of events) if (eventName === 'ProviderListed') uris.push(args.manifestUri)
  expect(uris).toEqual(['ipfs://manifest'])
})

test('behavior: watches what happens', async () => {
  const seen = new Promise<string[]>((resolve, reject) => {
    const names: string[] = []
    const stop = registry.watchProviders({
      onError: reject,
      onEvents: (events) => {
        names.push(...events.map(({ eventName }) => eventName))
        if (names.length < 5) return
        stop()
        resolve(names)
      },
    })
  })
  const id = await enlist(carol)
  await confirmed(registry.unbondProvider({ amount: 1n, id }))
  expect(await seen).toEqual([
    'ProviderRegistered',
    'ProviderListed',
    'ReceiptSignerChanged',
    'BondAdded',
    'UnbondingStarted',
  ])
})

test('error: ProviderUnknownError', async () => {
  await expect(registry.getProvider({ id: 99n })).rejects.toBeInstanceOf(ProviderUnknownError)
  await expect(registry.bondProvider({ amount: 1n, id: 99n })).rejects.toBeInstanceOf(ProviderUnknownError)
})

test('error: ProviderOwnerError', async () => {
  const id = await enlist(carol)
  for (const attempt of [
    () => stranger.registry.updateProvider({ id, listing }),
    () => stranger.registry.deregisterProvider({ id }),
    () => stranger.registry.offerProvider({ id, newOwner: mallory.address }),
    () => stranger.registry.unbondProvider({ amount: 1n, id }),
    () => stranger.registry.withdrawBond({ id, to: mallory.address }),
  ])
    await expect(attempt()).rejects.toBeInstanceOf(ProviderOwnerError)
})

test('error: what cannot be published or bonded', async () => {
  const id = await enlist(carol)
  await expect(enlist(carol, { endpoint: '' })).rejects.toBeInstanceOf(EndpointLengthError)
  await expect(enlist(carol, { endpoint: 'x'.repeat(257) })).rejects.toBeInstanceOf(EndpointLengthError)
  const uri = enlist(carol, { manifestUri: 'x'.repeat(1025) })
  await expect(uri).rejects.toBeInstanceOf(ManifestUriLengthError)
  await expect(enlist(carol, { payee: zeroAddress })).rejects.toBeInstanceOf(RegistryAddressError)
  await expect(enlist(bob, { bond: 1n })).rejects.toBeInstanceOf(InsufficientAllowanceError)
  const amount = parseEther('100') + 1n
  await expect(registry.unbondProvider({ amount, id })).rejects.toBeInstanceOf(BondInsufficientError)
  await confirmed(registry.updateProvider({ id, listing }))
  const back = registry.updateProvider({ id, listing: { ...listing, receiptSigner: carol.address } })
  await expect(back).rejects.toBeInstanceOf(SignerRetiredError)
})

test("behavior: the id is the registry's word, whoever else logs in the same transaction", async () => {
  const { receipt } = await confirmed(registry.registerProvider({ listing }))
  const { providerRegistry } = deployment
  const id = await registry.getProviderCount()
  expect(readProviderId({ logs: receipt.logs, registry: providerRegistry })).toBe(id)
  const forged = encodeEventTopics({
    abi: providerRegistryAbi,
    args: { id: 666n, owner: carol.address },
    eventName: 'ProviderRegistered',
  })
  const [real] = receipt.logs
  if (!real) return expect.unreachable()
  const topics = forged.filter((topic) => typeof topic === 'string') as typeof real.topics
  const logs = [{ ...real, address: mallory.address, topics }, ...receipt.logs]
  expect(readProviderId({ logs, registry: providerRegistry })).toBe(id)
  const others = [{ ...real, topics }, ...receipt.logs]
  expect(readProviderId({ logs: others, owner: carol.address, registry: providerRegistry })).toBe(666n)
  for (const parameters of [
    { logs, owner: bob.address, registry: providerRegistry },
    { logs, registry: deployment.paymentChannels },
    { logs: [], registry: providerRegistry },
  ])
    expect(() => readProviderId(parameters)).toThrow(RegistrationMissingError)
})
