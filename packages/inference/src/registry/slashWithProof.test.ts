import { AccessDeniedError, confirm } from '@aitoken/core'
import { accessManagerAbi } from '@aitoken/core/abis'
import { parseEther, zeroAddress } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { alice, bob, carol, dave, deployment, isolate, mallory } from '~test/anvil.js'
import { confirmed, endow, enlist, registryClientOf } from '~test/registry.js'

import type { Channel } from '../channel/channel.js'
import { hashChannel } from '../channel/hashChannel.js'
import { proveConflict } from '../evidence/proveConflict.js'
import { emptyReceipt, type SignedReceipt } from '../receipt/receipt.js'
import { signReceipt } from '../receipt/signReceipt.js'
import { signVoucher } from '../voucher/signVoucher.js'
import { NothingBondedError } from './bondErrors.js'
import { ReceiptChannelError, ReceiptsAgreeError, SignerNotAccountableError } from './proofErrors.js'

const [admin, payer, provider, reporter] = [
  registryClientOf(alice),
  registryClientOf(bob),
  registryClientOf(carol),
  registryClientOf(dave),
]
const { paymentChannels: channels } = deployment
const domain = { chainId: payer.chain.id, channels }

isolate()
beforeEach(async () => {
  await endow(bob)
  await endow(carol)
})

/** Bob's channel to Carol, on which he paid her. */
async function pay(paid = parseEther('10')) {
  const { channel, channelId, hash } = await payer.channels.openChannel({
    deposit: parseEther('20'),
    payee: carol.address,
  })
  await confirmed(hash)
  const signature = await signVoucher(bob, { ...domain, channelId, cumulativeAmount: paid })
  await confirmed(
    provider.channels.settleChannel({ capture: paid, channel, cumulativeAmount: paid, signature }),
  )
  return channel
}

async function sign(
  channel: Channel,
  cost: bigint,
  changes: { account?: typeof carol; sequence?: bigint } = {},
) {
  const { account = carol, sequence = 1n } = changes
  const channelId = hashChannel({ ...domain, channel })
  const receipt = { ...emptyReceipt(), channelId, cost, cumulative: cost, outputTokens: 3, sequence }
  return { receipt, signature: await signReceipt(account, { ...domain, receipt }) } satisfies SignedReceipt
}

test('default: what the provider signs off chain convicts it on chain', async () => {
  const id = await enlist(carol)
  const channel = await pay()
  const [first, second] = [await sign(channel, 1n), await sign(channel, 2n)]
  const before = await payer.ait.getBalance({ account: bob.address })
  const supply = await payer.ait.getTotalSupply()

  await confirmed(reporter.registry.slashWithProof({ channel, first, id, second }))

  expect(await payer.ait.getBalance({ account: bob.address })).toBe(before + parseEther('5'))
  expect(await payer.ait.getTotalSupply()).toBe(supply - parseEther('15'))
  const { bond, receiptSigner } = await payer.registry.getProvider({ id })
  expect([bond, receiptSigner]).toEqual([parseEther('80'), zeroAddress])
  expect((await payer.registry.getSignerTerm({ id, signer: carol.address })).convicted).toBe(true)
  const again = reporter.registry.slashWithProof({ channel, first, id, second })
  await expect(again).rejects.toBeInstanceOf(SignerNotAccountableError)
})

test('behavior: a payer gets back at most what it paid', async () => {
  const id = await enlist(carol)
  const channel = await pay(3n)
  const [first, second] = [await sign(channel, 1n), await sign(channel, 2n)]
  const before = await payer.ait.getBalance({ account: bob.address })
  await confirmed(reporter.registry.slashWithProof({ channel, first, id, second }))
  expect(await payer.ait.getBalance({ account: bob.address })).toBe(before + 3n)
  expect((await payer.registry.getProvider({ id })).bond).toBe(parseEther('80'))
})

test('behavior: a proof that a consumer kept is all that it takes', async () => {
  const id = await enlist(carol)
  const channel = await pay()
  const [first, second] = [await sign(channel, 2n), await sign(channel, 1n)]
  const proof = proveConflict({ ...domain, channel, first, second })
  await confirmed(reporter.registry.slashWithProof({ id, ...proof }))
  expect((await payer.registry.getProvider({ id })).bond).toBe(parseEther('80'))
  // Totals that do not follow from each other are for the slasher to judge.
  const other = await enlist(carol, { receiptSigner: dave.address })
  const [later, earlier] = [
    await sign(channel, 1n, { account: dave, sequence: 2n }),
    await sign(channel, 5n, { account: dave }),
  ]
  const totals = proveConflict({ ...domain, channel, first: earlier, second: later })
  expect(totals.kind).toBe('total')
  const judged = reporter.registry.slashWithProof({ id: other, ...totals })
  await expect(judged).rejects.toBeInstanceOf(ReceiptsAgreeError)
})

test('behavior: a replaced key that leaked costs one share, and leaves the signer alone', async () => {
  const id = await enlist(carol)
  const channel = await pay()
  const { endpoint, payee } = await payer.registry.getProvider({ id })
  const listing = { endpoint, payee, receiptSigner: dave.address }
  await confirmed(provider.registry.updateProvider({ id, listing }))
  const honest = await sign(channel, 1n, { account: dave })
  const forged = await sign(channel, 2n)

  await confirmed(reporter.registry.slashWithProof({ channel, first: honest, id, second: forged }))

  const { bond, receiptSigner } = await payer.registry.getProvider({ id })
  expect([bond, receiptSigner]).toEqual([parseEther('80'), dave.address])
  expect(await payer.registry.getSignerTerm({ id, signer: carol.address })).toMatchObject({ convicted: true })
  expect(await payer.registry.isAccountable({ id, signer: dave.address })).toBe(true)
  const again = reporter.registry.slashWithProof({ channel, first: honest, id, second: forged })
  await expect(again).rejects.toMatchObject({ name: 'SignerNotAccountableError', signer: carol.address })
})

test('error: what proves nothing', async () => {
  const id = await enlist(carol)
  const channel = await pay()
  const [first, second] = [await sign(channel, 1n), await sign(channel, 2n)]
  const prove = (parameters: { channel?: Channel; first?: SignedReceipt; second?: SignedReceipt }) =>
    reporter.registry.slashWithProof({ channel, first, id, second, ...parameters })
  await expect(prove({ second: first })).rejects.toBeInstanceOf(ReceiptsAgreeError)
  const next = await sign(channel, 2n, { sequence: 2n })
  await expect(prove({ second: next })).rejects.toBeInstanceOf(ReceiptsAgreeError)
  const other = { ...channel, payer: mallory.address }
  await expect(prove({ channel: other })).rejects.toBeInstanceOf(ReceiptChannelError)
  const forged = await sign(channel, 2n, { account: mallory })
  await expect(prove({ second: forged })).rejects.toMatchObject({ signer: mallory.address })
  const altered = { ...second, receipt: { ...second.receipt, cost: 3n } }
  await expect(prove({ second: altered })).rejects.toBeInstanceOf(SignerNotAccountableError)
  const poor = await enlist(carol, { bond: 0n })
  const proof = reporter.registry.slashWithProof({ channel, first, id: poor, second })
  await expect(proof).rejects.toBeInstanceOf(NothingBondedError)
})

test('behavior: a slasher takes what there is', async () => {
  const id = await enlist(carol)
  const reason = `0x${'01'.repeat(32)}` as const
  const { registry } = admin
  expect(await registry.getSlashAuthority()).toBe(deployment.accessManager)
  const denied = reporter.registry.slashProvider({ amount: 1n, id, reason })
  await expect(denied).rejects.toBeInstanceOf(AccessDeniedError)
  await confirmed(provider.registry.unbondProvider({ amount: parseEther('30'), id }))
  const recipient = dave.address
  await confirmed(registry.slashProvider({ amount: parseEther('40'), id, reason, recipient }))
  expect(await admin.ait.getBalance({ account: dave.address })).toBe(parseEther('40'))
  expect(await registry.getProvider({ id })).toMatchObject({ bond: parseEther('60'), unbonding: 0n })
  await confirmed(registry.slashProvider({ amount: parseEther('999'), id, reason }))
  expect((await registry.getProvider({ id })).bond).toBe(0n)
  await expect(registry.slashProvider({ amount: 1n, id, reason })).rejects.toBeInstanceOf(NothingBondedError)
})

test('behavior: slashing moves to another access manager', async () => {
  const moved = admin.registry.setSlashAuthority({ authority: deployment.aiToken })
  await expect(moved).rejects.toBeInstanceOf(AccessDeniedError)
  const hash = await admin.writeContract({
    abi: accessManagerAbi,
    address: deployment.accessManager,
    args: [deployment.providerRegistry, deployment.aiToken],
    functionName: 'updateAuthority',
  })
  await confirm(admin, { hash })
  expect(await admin.registry.getSlashAuthority()).toBe(deployment.aiToken)
})
