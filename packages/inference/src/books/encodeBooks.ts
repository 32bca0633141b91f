import { ArchiveDamagedError } from '../archive/errors.js'
import { readModelPrice, toModelPriceJson } from '../wire/priceTableText.js'
import { type Fields, parseJson, readFields } from '../wire/readFields.js'
import { type AgreedPrice, toPriceKey } from './agreedPrice.js'
import { type Books, emptyBooks, type SessionBook } from './books.js'
import type { ChannelRecord } from './channelRecord.js'

/** Longest name of a provider or a session. */
const longest = 4_000

/** Most entries of a kind; only a damaged text has more. */
const most = 1_000_000

/**
 * Writes books as JSON, amounts as decimal strings.
 *
 * @param books - The books.
 * @returns The text that {@link decodeBooks} reads.
 */
export function encodeBooks({ channels, hours, prices, sessions }: Books): string {
  return JSON.stringify({
    version: 1,
    channels: [...channels.values()].map((record) => ({
      ...record,
      billed: `${record.billed}`,
      deposit: `${record.deposit}`,
      signed: `${record.signed}`,
    })),
    hours: [...hours].map(([hour, amount]) => ({ amount: `${amount}`, hour })),
    prices: [...prices.values()].map(({ origin, price }) => ({ ...toModelPriceJson(price), origin })),
    sessions: [...sessions].map(([name, { billed, usedAt }]) => ({
      billed: [...billed].map(([origin, amount]) => ({ amount: `${amount}`, origin })),
      name,
      usedAt,
    })),
  })
}

/**
 * Reads books. Nothing but what a consumer wrote is taken: a wrong figure here would be a wrong signature later.
 *
 * @param key - Where the text is, for the error.
 * @param text - The text; undefined when there is none yet.
 * @returns The books.
 * @throws {@link ArchiveDamagedError} when it is anything else.
 */
export function decodeBooks(key: string, text: string | undefined): Books {
  if (text === undefined) return emptyBooks()
  const fail = (reason: string, cause?: unknown) => new ArchiveDamagedError({ cause, key, reason })
  const fields = readFields(parseJson(text, fail), fail)
  if (fields.count('version') !== 1) throw fail('its version is not 1')
  const records = fields.list('channels', most).map((item) => readRecord(item, fail))
  const sessions = fields.list('sessions', most).map((item): [string, SessionBook] => {
    const billed = item
      .list('billed', most)
      .map((entry): [string, bigint] => [entry.text('origin', longest), entry.amount('amount')])
    return [item.text('name', longest), { billed: new Map(billed), usedAt: item.count('usedAt') }]
  })
  const prices = fields.list('prices', most).map((item): [string, AgreedPrice] => {
    const agreed = { origin: item.text('origin', longest), price: readModelPrice(item) }
    return [toPriceKey(agreed.origin, agreed.price.model), agreed]
  })
  return {
    channels: new Map(records.map((record) => [record.channelId, record])),
    hours: new Map(fields.list('hours', most).map((item) => [item.count('hour'), item.amount('amount')])),
    prices: new Map(prices),
    sessions: new Map(sessions),
  }
}

function readRecord(item: Fields, fail: (reason: string) => ArchiveDamagedError): ChannelRecord {
  const channel = item.object('channel')
  const status = item.text('status')
  if (status !== 'ending' && status !== 'open' && status !== 'opening')
    throw fail(`${status} is no status of a channel`)
  const exitAt = item.optionalCount('exitAt')
  return {
    billed: item.amount('billed'),
    channel: {
      authorizedSigner: channel.hex('authorizedSigner', 20),
      payee: channel.hex('payee', 20),
      payer: channel.hex('payer', 20),
      salt: channel.hex('salt', 32),
      token: channel.hex('token', 20),
    },
    channelId: item.hex('channelId', 32),
    deposit: item.amount('deposit'),
    ...(exitAt === undefined ? {} : { exitAt }),
    holder: item.text('holder', longest),
    name: item.text('name', longest),
    openedAt: item.count('openedAt'),
    origin: item.text('origin', longest),
    session: item.text('session', longest),
    signed: item.amount('signed'),
    status,
  }
}
