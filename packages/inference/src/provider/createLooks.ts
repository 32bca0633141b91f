import type { Hex } from 'viem'

import { ChannelEndingError } from '../ledger/errors.js'
import { ChannelUnknownError } from '../wire/errors.js'
import { ProviderBusyError } from '../wire/serviceErrors.js'
import type { KnownChannel } from './context.js'

/** How long a look holds that did not bring what was asked for, in milliseconds: about the time of a block. */
const missHolds = 1_000

/** Looks in vain that are remembered; the oldest make room. */
const capacity = 10_000

/** How many wait for a first look, for each one that runs. */
const waitingPerLook = 16

/** What is wanted of a look at a channel. */
export type Wanted = {
  /** Whether nobody ever looked: then anybody can ask, for a signature under a channel that never was. */
  readonly first: boolean
  /** What is known without a look. */
  readonly known: KnownChannel
  /** The limit that is needed, in base units. */
  readonly needed: bigint
  /** Reads the chain. */
  read(): Promise<KnownChannel>
}

/** Keeps looks at the chain from becoming as many as payers like. */
export type Looks = {
  /** Looks at a channel, or tells what a look said a moment ago; throws what the look throws. */
  look(channelId: Hex, wanted: Wanted): Promise<KnownChannel>
}

/** A look in vain. */
type Miss = {
  /** When it began, as Unix time in milliseconds. */
  readonly at: number
  /** What it threw; undefined when the limit was too low. */
  readonly error: unknown
  readonly first: boolean
}

/**
 * Creates what looks at the chain for one provider: at each channel once at a time, in vain once a second, and at few
 * channels for the first time at once.
 *
 * @param parameters - {@link createLooks.Parameters}
 * @returns The looks.
 */
export function createLooks({ most, now }: createLooks.Parameters): Looks {
  const misses = new Map<Hex, Miss>()
  const running = new Map<Hex, Promise<KnownChannel>>()
  const line: (() => void)[] = []
  let firsts = 0

  const miss = (channelId: Hex, found: Miss) => {
    const oldest = misses.size >= capacity ? misses.keys().next().value : undefined
    if (oldest !== undefined) misses.delete(oldest)
    misses.delete(channelId)
    misses.set(channelId, found)
  }

  /** Waits for a turn, and reads; who ends hands the turn on. */
  const readInTurn = async (read: Wanted['read']) => {
    if (firsts < most) firsts++
    else if (line.length >= most * waitingPerLook) throw new ProviderBusyError()
    else await new Promise<void>((resolve) => line.push(resolve))
    try {
      return await read()
    } finally {
      const next = line.shift()
      if (next) next()
      else firsts--
    }
  }

  const begin = async (channelId: Hex, { first, read }: Wanted) => {
    let at = now()
    const readNow = () => {
      at = now()
      return read()
    }
    try {
      return await (first ? readInTurn(readNow) : readNow())
    } catch (error) {
      if (error instanceof ChannelUnknownError || error instanceof ChannelEndingError)
        miss(channelId, { at, error, first })
      throw error
    } finally {
      running.delete(channelId)
    }
  }

  const join = (channelId: Hex, wanted: Wanted) => {
    const underway = running.get(channelId)
    if (underway) return underway
    const begun = begin(channelId, wanted)
    running.set(channelId, begun)
    return begun
  }

  return {
    async look(channelId, wanted) {
      const { first, known, needed } = wanted
      const held = misses.get(channelId)
      // What nobody knew a moment ago, others may have met since.
      if (held?.first === first && Math.abs(now() - held.at) < missHolds) {
        if (held.error) throw held.error
        return known
      }
      const older = running.get(channelId)
      if (older) {
        const found = await older.catch((error: unknown) => {
          if (error instanceof ChannelUnknownError) return undefined
          throw error
        })
        if (found && found.limit >= needed) return found
      }
      // What began before this was asked may not have seen what the payer did since; what begins now has.
      const at = now()
      const found = await join(channelId, wanted)
      if (found.limit < needed) miss(channelId, { at, error: undefined, first: false })
      return found
    },
  }
}

export declare namespace createLooks {
  type Parameters = {
    /** Channels that are looked at for the first time at once. */
    most: number
    /** Unix time in milliseconds. */
    now: () => number
  }
}
