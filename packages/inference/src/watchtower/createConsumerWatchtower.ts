import type { ProviderAccount } from '../consumer/account.js'
import type { ConsumerContext } from '../consumer/context.js'
import { ConsumerOptionError } from '../consumer/errors.js'
import type {
  ConsumerAlarm,
  ConsumerWatchOptions,
  ConsumerWatchReport,
  ConsumerWatchtower,
} from './consumerWatchtower.js'
import { createTicker } from './createTicker.js'
import { readMildest } from './readMildest.js'
import { type Lookout, watchChannel } from './watchChannel.js'

/** Channels in one question to the node. */
const batchSize = 500

/**
 * Creates a consumer's watchtower, and starts it.
 *
 * @param context - The consumer.
 * @param open - Takes dealings with a provider up.
 * @param options - {@link ConsumerWatchOptions}
 * @returns The watchtower.
 * @throws {@link ConsumerOptionError} when an option cannot work.
 */
export function createConsumerWatchtower(
  context: ConsumerContext,
  open: (origin: string) => Promise<ProviderAccount>,
  options: ConsumerWatchOptions = {},
): ConsumerWatchtower {
  const { clients = [], interval = 60_000, onAlarm, silenceLimit } = options
  for (const [option, value] of Object.entries({ interval, silenceLimit }))
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0))
      throw new ConsumerOptionError({ expected: 'a whole number of 0 or more', option, value })
  let alarms: ConsumerAlarm[] = []
  const lookout: Lookout = {
    clients,
    context,
    open,
    raise(alarm) {
      alarms.push(alarm)
      onAlarm?.(alarm)
    },
    sent: new Map(),
    silenceLimit,
    silentSince: new Map(),
  }
  const look = async (now: number): Promise<ConsumerWatchReport> => {
    const found = await watchAll(lookout, now).catch((error: unknown) => {
      lookout.raise({ channelId: undefined, error, kind: 'failed' })
      return { exits: 0, watched: 0 }
    })
    const report = { ...found, alarms }
    alarms = []
    return report
  }
  const { run, stop } = createTicker(
    interval,
    (error) => lookout.raise({ channelId: undefined, error, kind: 'failed' }),
    () => look(context.now()),
  )
  return { stop, tick: ({ now = context.now() } = {}) => run(() => look(now)) }
}

async function watchAll(lookout: Lookout, now: number): Promise<Omit<ConsumerWatchReport, 'alarms'>> {
  const { clients, context } = lookout
  const onError = (error: unknown) => lookout.raise({ channelId: undefined, error, kind: 'failed' })
  const { channels: records } = await (await context.books()).transact((books) => ({ books, result: books }))
  const held = [...records.values()].filter(
    ({ name, status }) => name === context.name && status !== 'opening',
  )
  let exits = 0
  for (let start = 0; start < held.length; start += batchSize) {
    const batch = held.slice(start, start + batchSize)
    const channelIds = batch.map(({ channelId }) => channelId)
    const states = await readMildest(context, { channelIds, clients, onError })
    for (const [index, record] of batch.entries()) {
      const state = states[index]
      if (!state) continue
      try {
        if (await watchChannel(lookout, { now, record, state })) exits++
      } catch (error) {
        // One channel that fails keeps no other from being looked at.
        lookout.raise({ channelId: record.channelId, error, kind: 'failed' })
      }
    }
  }
  return { exits, watched: held.length }
}
