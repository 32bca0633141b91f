import { createClient, custom } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { alice, bob, carol, dave, deployment, isolate } from '~test/anvil.js'
import { channelClientOf, fund, mined } from '~test/channels.js'
import { signVoucher } from '../voucher/signVoucher.js'
import { sessionKey, vaultKey } from './channelBook.js'
import type { ChannelEvent } from './channelEvent.js'
import { getChannelEvents } from './getChannelEvents.js'
import { rebuildChannels } from './rebuildChannels.js'
import { watchChannels } from './watchChannels.js'

const [admin, payer, payee, agent] = [
  channelClientOf(alice),
  channelClientOf(bob),
  channelClientOf(carol),
  channelClientOf(dave),
]
const token = deployment.aiToken
const domain = { chainId: payer.chain.id, channels: deployment.paymentChannels }
const fromVault = { payee: carol.address, token }

isolate()
beforeEach(() => fund())

/** A bit of everything that leaves a trace. */
async function live() {
  const { channels } = payer
  await mined(admin.channels.setFee({ bps: 50, recipient: alice.address }))
  await mined(channels.depositToVault({ amount: 100_000n }))
  const opened = []
  for (let index = 0; index < 3; index++) {
    opened.push(await channels.openChannel({ deposit: 10_000n, payee: carol.address }))
    opened.push(await channels.openChannelFromVault({ deposit: 10_000n, ...fromVault }))
  }
  const [first, second, third, fourth, fifth, sixth] = opened
  if (!first || !second || !third || !fourth || !fifth || !sixth) throw new RangeError('six were opened')
  await mined(sixth)
  const settlementOf = async ({ channel, channelId }: typeof first, capture: bigint) => {
    const cumulativeAmount = capture + 100n
    const signature = await signVoucher(bob, { ...domain, channelId, cumulativeAmount })
    return { capture, channel, cumulativeAmount, signature }
  }
  await mined(payee.channels.settleChannel(await settlementOf(first, 4_000n)))
  const settlements = [await settlementOf(first, 4_500n), await settlementOf(second, 700n)]
  await mined(payee.channels.settleChannels({ settlements }))
  await mined(channels.topUpChannel({ amount: 5n, channel: third.channel }))
  await mined(channels.requestClose({ channel: third.channel }))
  await mined(channels.requestClose({ channel: fourth.channel }))
  await mined(channels.topUpChannelFromVault({ amount: 9n, channel: fourth.channel }))
  await mined(payee.channels.closeChannel(await settlementOf(fifth, 900n)))
  await mined(payee.channels.closeChannel(await settlementOf(sixth, 800n)))
  await mined(channels.setSession({ cap: 900n, expiry: 4_000_000_000, key: dave.address }))
  const salt = `0x${'77'.repeat(32)}` as const
  const drawn = { ...first.channel, salt }
  await mined(agent.channels.openChannelWithSession({ channel: drawn, deposit: 300n }))
  await mined(channels.setSession({ cap: 950n, expiry: 4_000_000_000, key: dave.address }))
  await mined(channels.setSession({ cap: 1n, expiry: 4_000_000_000, key: alice.address }))
  await mined(channels.revokeSession({ key: alice.address }))
  await mined(payee.channels.setOperator({ approved: true, operator: dave.address }))
  await mined(channels.withdrawFromVault({ amount: 11n }))
}

test('default: the logs tell everything that the contract knows', async () => {
  const fromBlock = await payer.getBlockNumber()
  await live()
  const book = await rebuildChannels(payer, { fromBlock })

  const channelIds = [...book.channels.keys()]
  expect(channelIds).toHaveLength(7)
  const states = await payer.channels.getChannels({ channelIds })
  expect([...book.channels.values()].map(({ channel: _, ...state }) => state)).toEqual(states)
  for (const owner of [alice.address, bob.address]) {
    const balance = await payer.channels.getVaultBalance({ owner })
    expect(balance).toBeGreaterThan(0n)
    expect(book.vaults.get(vaultKey(owner, token))).toBe(balance)
  }
  const session = await payer.channels.getSession({ key: dave.address, owner: bob.address })
  expect(session.used).toBe(300n)
  expect(book.sessions).toEqual(new Map([[sessionKey(bob.address, dave.address, token), session]]))
  expect(book.operators.get(carol.address)).toEqual(new Set([dave.address]))
  expect(book.fee).toEqual(await payer.channels.getFee())
})

test('behavior: reads in chunks, smaller ones when the node refuses', async () => {
  const fromBlock = await payer.getBlockNumber()
  await live()
  const expected = await rebuildChannels(payer, { fromBlock })
  const refusing = createClient({
    chain: payer.chain,
    transport: custom(
      {
        async request({ method, params }) {
          const [range] = method === 'eth_getLogs' ? (params as { fromBlock: string; toBlock: string }[]) : []
          if (range && Number(range.toBlock) - Number(range.fromBlock) > 4)
            throw Object.assign(new RangeError('at most five blocks'), { code: -32005 })
          return payer.request({ method, params })
        },
      },
      { retryCount: 0 },
    ),
  })
  const progress: bigint[] = []
  const book = await rebuildChannels(refusing, {
    fromBlock,
    onProgress: ({ readTo }) => progress.push(readTo),
  })
  expect(book).toEqual(expected)
  expect(progress.at(-1)).toBe(await payer.getBlockNumber())
  expect(await rebuildChannels(payer, { chunkSize: 1n, fromBlock })).toEqual(expected)
})

test('behavior: watches what happens', async () => {
  const seen: ChannelEvent[] = []
  const events = new Promise<ChannelEvent[]>((resolve, reject) => {
    const stop = watchChannels(payer, {
      onError: reject,
      onEvents: (events) => {
        seen.push(...events)
        if (seen.length < 2) return
        stop()
        resolve(seen)
      },
    })
  })
  const first = await payer.channels.openChannel({ deposit: 1n, payee: carol.address })
  await mined(first)
  await mined(payer.channels.requestClose({ channel: first.channel }))
  expect((await events).map(({ eventName }) => eventName)).toEqual(['ChannelOpened', 'ChannelCloseRequested'])
  const read: ChannelEvent[] = []
  for await (const chunk of getChannelEvents(payer)) read.push(...chunk)
  expect(read.slice(-2)).toEqual(seen)
})
