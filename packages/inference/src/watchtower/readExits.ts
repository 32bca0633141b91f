import { fetchLogs } from '@aitoken/core/internal'
import { encodeEventTopics, type Hex } from 'viem'

import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { toChannelEvents } from '../history/channelEvent.js'
import { larger, smaller } from '../internal/compare.js'
import { askAll, type Head } from './readHeads.js'
import type { Tower } from './tower.js'

/**
 * Finds the payers' exits from the chain's events since the last look. The last few blocks are read again each time,
 * because a reorganisation may have put something else there.
 *
 * @param tower - The watchtower.
 * @param heads - The nodes that answer.
 * @returns Channels of the payee whose exit was announced; undefined when no node gave the events, or none were read
 * before: then every channel must be looked at.
 */
export async function readExits(tower: Tower, heads: readonly Head[]): Promise<readonly Hex[] | undefined> {
  const { confirmations, context, memory } = tower
  const { channels: address, payee } = context
  const newest = heads.reduce((most, { number }) => larger(number, most), 0n)
  const { readTo } = memory
  if (readTo === undefined) {
    if (heads.length > 0) memory.readTo = newest
    return undefined
  }
  const fromBlock = readTo > confirmations ? readTo - confirmations : 0n
  const topics = encodeEventTopics({
    abi: paymentChannelsAbi,
    args: { payee },
    eventName: 'ChannelCloseRequested',
  })
  const able = heads.filter(({ number }) => number >= fromBlock)
  const answers = await askAll(tower, able, ({ client, number: toBlock }) =>
    fetchLogs(client, { address, fromBlock, onRefused: () => undefined, toBlock, topics }),
  )
  if (answers.length === 0) return undefined
  // Nothing above it was seen by everybody that answered.
  memory.readTo = answers.reduce((least, { asked }) => smaller(asked.number, least), newest)
  const found = new Set<Hex>()
  for (const { answer } of answers)
    for (const event of toChannelEvents(answer))
      if (event.eventName === 'ChannelCloseRequested') found.add(event.args.channelId)
  return [...found]
}
