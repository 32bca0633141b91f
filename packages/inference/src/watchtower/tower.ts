import type { ReadClient } from '@aitoken/core'
import type { Hash, Hex } from 'viem'

import { larger } from '../internal/compare.js'
import type { ProviderContext } from '../provider/context.js'
import { ProviderOptionError } from '../provider/errors.js'
import type { Alarm } from './alarm.js'
import type { WatchOptions } from './watchtower.js'

/** What a watchtower remembers between looks. Losing it costs a look at every channel, and nothing else. */
export type Memory = {
  /** Channels whose closing stands still, and since when that was seen, as Unix time in milliseconds. */
  readonly closings: Map<Hex, number>
  /** Channels on which the chain says less than the book, and the block at which that was first seen. */
  readonly doubts: Map<Hex, bigint>
  /** Channels that ended a moment ago, and the block up to which they are looked at again. */
  readonly ended: Map<Hex, bigint>
  /** Channels whose payers announced their exits. */
  readonly exits: Set<Hex>
  /** Highest block that each node told. */
  readonly heads: Map<number, bigint>
  /** Channels that were open at the last sweep. */
  open: Set<Hex>
  /** Since when something is owed: Unix time in milliseconds, and what was settled then, in base units. */
  readonly owed: Map<Hex, { readonly settled: bigint; readonly since: number }>
  /** Last block whose events were read; undefined before the first. */
  readTo: bigint | undefined
  /** Until when channels that could not be settled are left alone, as Unix time in milliseconds. */
  readonly resting: Map<Hex, number>
  /** A transaction whose outcome is not known, and what it settles. */
  stuck: { readonly channelIds: readonly Hex[]; readonly hash: Hash } | undefined
  /** Unix time in milliseconds of the last sweep. */
  sweptAt: number
  /** Channels that the chain does not know any more. */
  readonly vanished: Set<Hex>
}

/** What the parts of a watchtower share. */
export type Tower = {
  /**
   * Base units below which a debt does not become due by its age alone. A payer that stays could have a transaction
   * sent for next to nothing, again and again; one that leaves pays for more gas than it costs to answer.
   */
  readonly ageFloor: bigint
} & Settled<Omit<WatchOptions, Optional | 'clients' | 'onAlarm' | 'onReport'>> &
  Pick<WatchOptions, Optional> & {
    /** The provider's node first. */
    readonly clients: readonly ReadClient[]
    readonly context: ProviderContext
    /** Unique name of this watchtower. */
    readonly id: string
    readonly memory: Memory
    /** Tells the operator. */
    raise(alarm: Alarm): void
  }

type Settled<options> = { readonly [key in keyof options]-?: NonNullable<options[key]> }

type Optional = 'maxGasPrice' | 'nativePrice' | 'settleAbove'

/**
 * Reads the options of a watchtower.
 *
 * @param context - The provider.
 * @param options - {@link WatchOptions}
 * @param raise - Tells the operator.
 * @returns What its parts share.
 * @throws {@link ProviderOptionError} when an option cannot work.
 */
export function createTower(
  context: ProviderContext,
  options: WatchOptions,
  raise: (alarm: Alarm) => void,
): Tower {
  const { clients = [], maxGasPrice, nativePrice, settleAbove } = options
  const read = <value extends bigint | number>(option: keyof WatchOptions, fallback: value, least: value) => {
    const value = (options[option] ?? fallback) as value
    const whole = typeof value === typeof least && (typeof value === 'bigint' || Number.isSafeInteger(value))
    if (whole && value >= least) return value
    const kind = typeof least === 'bigint' ? 'a bigint' : 'a whole number'
    throw new ProviderOptionError({ expected: `${kind} of ${least} or more`, option, value })
  }
  for (const [option, value] of Object.entries({ maxGasPrice, nativePrice, settleAbove }))
    if (value !== undefined && (typeof value !== 'bigint' || value <= 0n))
      throw new ProviderOptionError({ expected: 'a bigint above 0', option, value })
  const weighed = options.dust !== undefined || nativePrice !== undefined
  return {
    ageFloor: weighed ? 0n : priceMillion(context),
    clients: [context.client, ...clients],
    confirmations: read('confirmations', 5n, 1n),
    context,
    dust: read('dust', 0n, 0n),
    id: crypto.randomUUID(),
    interval: read('interval', 12_000, 0),
    maxAge: read('maxAge', 86_400, 1),
    maxGasPrice,
    maxHeadAge: read('maxHeadAge', 120, 1),
    memory: {
      closings: new Map(),
      doubts: new Map(),
      ended: new Map(),
      exits: new Set(),
      heads: new Map(),
      open: new Set(),
      owed: new Map(),
      readTo: undefined,
      resting: new Map(),
      stuck: undefined,
      sweptAt: Number.NEGATIVE_INFINITY,
      vanished: new Set(),
    },
    nativePrice,
    raise,
    readTimeout: read('readTimeout', 10_000, 1),
    riskBps: read('riskBps', 1_000n, 1n),
    settleAbove,
    sweepInterval: read('sweepInterval', 300_000, 0),
  }
}

/** What a million tokens cost, read and written by the dearest model, in base units. */
function priceMillion({ models }: ProviderContext): bigint {
  let most = 0n
  for (const { price } of models.values()) most = larger(most, price.input + price.output)
  return most
}
