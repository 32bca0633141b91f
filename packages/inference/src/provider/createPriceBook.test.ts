import { privateKeyToAccount } from 'viem/accounts'
import { expect, test } from 'vitest'
import { keys } from '~test/accounts.js'

import { createPriceBook } from './createPriceBook.js'

const carol = privateKeyToAccount(keys.carol)
const models = [{ cachedInput: 1n, input: 2n, model: 'bard', output: 3n, reasoning: 3n, request: 0n }]

function open(now: () => number) {
  const channels = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512'
  const token = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
  const payee = carol.address
  return createPriceBook(carol, { chainId: 1, channels, models, now, payee, token, validity: 100n })
}

test('default', async () => {
  const book = open(() => 1_000_000)
  const quoted = await book.current()
  expect(quoted.table.validUntil).toBe(1_100n)
  expect(book.find(quoted.tag)?.hash).toBe(quoted.hash)
  expect(book.find(`0x${'00'.repeat(8)}`)).toBeUndefined()
})

test('behavior: every process quotes the same, and takes what another quoted', async () => {
  const [quoted, other] = await Promise.all([
    open(() => 1_000_000).current(),
    open(() => 1_049_999).current(),
  ])
  expect(other).toEqual(quoted)
  // Restarted later, or with a clock that is behind.
  expect(open(() => 1_099_999).find(quoted.tag)).toBeDefined()
  expect(open(() => 999_000).find(quoted.tag)).toBeDefined()
})

test('behavior: prices hold for half of their time at least, and end', async () => {
  let now = 1_049_999
  const book = open(() => now)
  const quoted = await book.current()
  expect(quoted.table.validUntil - BigInt(Math.floor(now / 1000))).toBeGreaterThan(50n)
  now = 1_050_000
  expect((await book.current()).tag).not.toBe(quoted.tag)
  expect(book.find(quoted.tag)).toBeDefined()
  now = 1_100_000
  expect(book.find(quoted.tag)).toBeUndefined()
})

test('behavior: what could not be signed is signed when it is asked for again', async () => {
  let fails = true
  const signer = {
    ...carol,
    signTypedData: async (data: Parameters<typeof carol.signTypedData>[0]) => {
      if (fails) throw new RangeError('The key is not there')
      return carol.signTypedData(data)
    },
  }
  const channels = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512'
  const now = () => 1_000_000
  const parameters = {
    chainId: 1,
    channels,
    models,
    now,
    payee: carol.address,
    token: channels,
    validity: 100n,
  } as const
  const book = createPriceBook(signer as typeof carol, parameters)
  await expect(book.current()).rejects.toBeInstanceOf(RangeError)
  fails = false
  expect((await book.current()).table.validUntil).toBe(1_100n)
})
