import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { openDebt } from '~test/debtor.js'

import type { Upstream } from '../upstream/upstream.js'
import { createCommentSplitter } from '../wire/comment.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function owe(parameters: Parameters<typeof openDebt>[0] = {}) {
  const debt = await openDebt(parameters)
  closing.push(debt.close)
  return debt
}

/** Slow: a model that says its next word when the test says so. Whole answers come at once. */
function createSlow() {
  const encoder = new TextEncoder()
  let say: ReadableStreamDefaultController<Uint8Array>
  const upstream: Upstream = {
    async fetch(_, { body }) {
      const { stream } = JSON.parse(await new Response(body).text())
      const usage = { completion_tokens: 1, prompt_tokens: 1 }
      if (!stream) return new Response(JSON.stringify({ choices: [{ index: 0, text: 'Ay' }], usage }))
      const start = (controller: ReadableStreamDefaultController<Uint8Array>) => {
        say = controller
      }
      return new Response(new ReadableStream({ start }))
    },
  }
  return {
    end() {
      say.enqueue(encoder.encode('data: [DONE]\n\n'))
      say.close()
    },
    say: () => say.enqueue(encoder.encode('data: {"choices":[{"index":0,"text":"word "}]}\n\n')),
    upstream,
  }
}

test('default', async () => {
  const debt = await owe()
  const { book, chainNow, channelId, leave, provider, spent, state } = debt
  const tower = await provider.watch({ interval: 0 })
  expect(await tower.tick({ now: await chainNow() })).toMatchObject({
    alarms: [],
    connected: true,
    exits: 0,
    exposure: spent,
    hashes: [],
    watched: 1,
  })
  await leave()

  const { alarms, exits, hashes, paid } = await tower.tick({ now: await chainNow() })
  expect(alarms).toMatchObject([{ channelId, exposure: spent, kind: 'exit' }])
  expect({ exits, hashes: hashes.length }).toEqual({ exits: 1, hashes: 1 })
  expect(paid.get(channelId)).toBe(spent)
  expect((await state()).settled).toBe(spent)
  expect((await book())?.status).toBe('closing')
  expect(await (await debt.buy()).json()).toMatchObject({ status: 402, title: 'Channel ending' })
  expect((await tower.tick({ now: await chainNow() })).hashes).toEqual([])
})

test('behavior: an exit while the gateway was down is found by the first look', async () => {
  const { chainNow, leave, provider, spent, state } = await owe()
  await leave()
  const tower = await provider.watch({ interval: 0 })
  await tower.tick({ now: await chainNow() })
  expect((await state()).settled).toBe(spent)
})

test('behavior: without being told to, it looks by itself, and stops when it is stopped', async () => {
  const { leave, provider, spent, state } = await owe()
  let looks = 0
  const tower = await provider.watch({ interval: 10, onReport: () => looks++ })
  await expect.poll(() => looks).toBeGreaterThan(1)
  await leave()
  await expect.poll(async () => (await state()).settled).toBe(spent)
  await tower.stop()
  const before = looks
  await tower.tick()
  expect(looks).toBe(before + 1)
})

test('behavior: a payer that leaves in the middle of a stream gets it to its end, and pays all of it', async () => {
  const slow = createSlow()
  const { book, buy, chainNow, leave, provider, spent, state } = await owe({ upstream: slow.upstream })
  const tower = await provider.watch({ interval: 0 })
  await tower.tick({ now: await chainNow() })
  const response = await buy({ max_tokens: 20, stream: true })
  slow.say()
  await leave()

  const during = await tower.tick({ now: await chainNow() })
  expect(during).toMatchObject({ alarms: [{ kind: 'exit' }], hashes: [] })
  slow.say()
  slow.end()
  expect(await response.text()).toContain('[DONE]')
  const owed = (await book())?.spent ?? 0n
  expect(owed).toBeGreaterThan(spent)
  const after = await tower.tick({ now: await chainNow() })
  expect(after.hashes).toHaveLength(1)
  expect((await state()).settled).toBe(owed)
})

test('behavior: a stream that outlives its payer is ended in time, and what it delivered is settled', async () => {
  const slow = createSlow()
  let present = Date.now()
  const debt = await owe({
    now: () => present,
    pauseTimeout: 50,
    streamWindow: 4,
    upstream: slow.upstream,
  })
  const { book, buy, chainNow, leave, provider, spent, state } = debt
  const tower = await provider.watch({ interval: 0 })
  const response = await buy({ max_tokens: 400, stream: true })
  slow.say()
  await leave()
  await tower.tick({ now: await chainNow() })
  const { closeAt } = await state()

  // A moment before the margin nothing is settled, because the stream may still end.
  present = (closeAt - 301) * 1000
  expect((await tower.tick({ now: present })).hashes).toEqual([])
  present = (closeAt - 299) * 1000
  // What was spent before is not put at risk by what still runs.
  expect((await tower.tick({ now: present })).paid.get(debt.channelId)).toBe(spent)
  for (let word = 0; word < 12; word++) slow.say()
  const { comments } = createCommentSplitter().split(new Uint8Array(await response.arrayBuffer()))
  expect(comments.at(-1)?.end).toBe('unpaid')
  const owed = (await book())?.spent ?? 0n
  expect(owed).toBeGreaterThan(spent)
  await tower.tick({ now: present + 1000 })
  expect((await state()).settled).toBe(owed)
})

test('behavior: a payer that stays after all is served again', async () => {
  const { book, buy, chainNow, deposit, leave, provider, state, wallet, ...debt } = await owe()
  const tower = await provider.watch({ interval: 0 })
  await leave()
  await tower.tick({ now: await chainNow() })
  expect((await book())?.status).toBe('closing')
  await debt.fund(5n)
  await debt.topUp(5n)
  expect(await tower.tick({ now: await chainNow() })).toMatchObject({ alarms: [], exits: 0 })
  expect(await book()).toMatchObject({ closeAt: 0, deposit: deposit + 5n, status: 'open' })
  expect((await buy()).status).toBe(200)
})

test('behavior: what is lost is said, once', async () => {
  const { book, chainNow, channelId, leave, provider, spent, wallet, withdraw } = await owe()
  await leave()
  await wallet.increaseTime({ seconds: 901 })
  await withdraw()
  const tower = await provider.watch({ interval: 0 })
  const { alarms } = await tower.tick({ now: await chainNow() })
  expect(alarms).toEqual([{ amount: spent, channelId, kind: 'loss' }])
  expect((await book())?.status).toBe('closed')
  expect((await tower.tick({ now: await chainNow(), sweep: true })).alarms).toEqual([])
})

test('behavior: flush settles what the schedule would let wait', async () => {
  const { channelId, provider, spent } = await owe()
  const tower = await provider.watch({ dust: spent, interval: 0 })
  expect((await tower.flush()).hashes).toEqual([])
  const eager = await provider.watch({ interval: 0 })
  expect((await eager.flush()).paid.get(channelId)).toBe(spent)
})

test('error: ProviderOptionError', async () => {
  const { provider } = await owe()
  for (const options of [{ interval: -1 }, { confirmations: 0n }, { maxAge: 0.5 }, { settleAbove: 0n }])
    await expect(provider.watch(options)).rejects.toMatchObject({ name: 'ProviderOptionError' })
})
