import { expect, test } from 'vitest'
import { carol, mallory } from '~test/accounts.js'

import { ProviderOptionError } from '../provider/errors.js'
import type { ReceiptAccount } from '../receipt/signReceipt.js'
import { createClaim } from './createClaim.js'
import type { Journal } from './createJournal.js'
import { JournalCorruptError } from './errors.js'
import { type JournalOptions, readJournal } from './readJournal.js'

const channels = `0x${'33'.repeat(20)}` as const
const claim = createClaim({
  bytes: new Uint8Array(1),
  channelId: `0x${'11'.repeat(32)}`,
  key: 'first',
  path: '/v1/completions',
  priceTag: '0x1122334455667788',
})
const answer = { bytes: new TextEncoder().encode('O Romeo'), kind: 'whole' } as const

const open = (account: ReceiptAccount, options: JournalOptions = {}): Journal => {
  const journal = readJournal({ account, domain: { chainId: 1, channels }, now: () => 1_000, options })
  if (!journal) throw new RangeError('There is no journal')
  return journal
}
const keep = async (journal: Journal) =>
  (await journal.keep(claim, { answer, statement: undefined }))({ cumulative: 1n, sequence: 1n })

test('default', async () => {
  const stored = await keep(open(carol))
  expect(stored).toMatchObject({ expiresAt: 86_401_000, requestId: claim.requestId })
  // Another process with the same account.
  expect(await open(carol).open(claim, stored)).toEqual({ answer, receipt: undefined })
})

test('behavior: no other account, and no other secret, opens what was kept', async () => {
  const stored = await keep(open(carol))
  await expect(open(mallory).open(claim, stored)).rejects.toBeInstanceOf(JournalCorruptError)
  const [one, other] = ['a'.repeat(32), 'b'.repeat(32)]
  const secretly = await keep(open(carol, { secret: one }))
  await expect(open(carol).open(claim, secretly)).rejects.toBeInstanceOf(JournalCorruptError)
  await expect(open(carol, { secret: other }).open(claim, secretly)).rejects.toBeInstanceOf(
    JournalCorruptError,
  )
  expect(await open(mallory, { secret: one }).open(claim, secretly)).toMatchObject({ answer })
})

test('error: ProviderOptionError for an account that signs the same thing differently', async () => {
  let count = 0
  const account = { ...carol, signTypedData: async () => `0x${++count}` as const }
  await expect(keep(open(account))).rejects.toBeInstanceOf(ProviderOptionError)
  expect(
    await open(account, { secret: 's'.repeat(32) }).open(
      claim,
      await keep(open(account, { secret: 's'.repeat(32) })),
    ),
  ).toMatchObject({ answer })
})

test('error: ProviderOptionError', () => {
  expect(
    readJournal({ account: carol, domain: { chainId: 1, channels }, now: Date.now, options: false }),
  ).toBeUndefined()
  for (const options of [{ ttl: 0 }, { maxAnswerBytes: 0.5 }, { grace: -1 }, { secret: 'short' }])
    expect(() => open(carol, options)).toThrow(ProviderOptionError)
})
