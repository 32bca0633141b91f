import type { ReadClient } from '@aitoken/core'
import type { Hash, Hex } from 'viem'
import type { ChannelRecord } from '../books/channelRecord.js'
import type { ChannelState } from '../channel/channel.js'
import { type ProviderAccount, sumCharged } from '../consumer/account.js'
import type { ConsumerContext } from '../consumer/context.js'
import { reconcile } from '../consumer/reconcile.js'
import { larger } from '../internal/compare.js'
import { BillExceedsUsageError } from '../receipt/errors.js'
import { quotePath } from '../wire/quote.js'
import type { ConsumerAlarm } from './consumerWatchtower.js'
import { CaptureExceedsBillsError } from './errors.js'
import { endChannel, leaveChannel } from './leaveChannel.js'

/** What a consumer's watchtower works with. */
export type Lookout = {
  /** Nodes besides the consumer's. */
  readonly clients: readonly ReadClient[]
  readonly context: ConsumerContext
  /** Takes dealings with a provider up. */
  open(origin: string): Promise<ProviderAccount>
  /** Tells the owner. */
  raise(alarm: ConsumerAlarm): void
  /** Transactions whose outcome is not known, by channel. */
  readonly sent: Map<Hex, Hash>
  /** Seconds without an answer after which a provider is left; undefined for never. */
  readonly silenceLimit: number | undefined
  /** When each provider that does not answer was first found silent, as Unix time in milliseconds. */
  readonly silentSince: Map<string, number>
}

/** A channel, as the books and the chain have it. */
export type Sighting = {
  /** Unix time in milliseconds. */
  readonly now: number
  readonly record: ChannelRecord
  readonly state: ChannelState
}

/**
 * Looks at one channel: leaves a provider that took more than it billed or is silent for too long, and takes back
 * what is left when an exit is over. A channel on which all is well is left alone.
 *
 * @param lookout - The watchtower.
 * @param sighting - The channel.
 * @returns Whether an exit is under way.
 */
export async function watchChannel(lookout: Lookout, sighting: Sighting): Promise<boolean> {
  const { record, state } = sighting
  const account = findAccount(lookout.context, record)
  if (state.settled > record.billed) await checkCapture(lookout, account, sighting)
  const stopped = findAccount(lookout.context, record)?.stopped instanceof CaptureExceedsBillsError
  if (state.closed) {
    await endChannel(lookout, sighting)
    return false
  }
  if (state.closeAt > 0) return endChannel(lookout, sighting)
  if (stopped || (await isSilent(lookout, sighting))) {
    await leaveChannel(lookout, sighting)
    return true
  }
  return false
}

/** The dealings of this process that use a channel. */
export function findAccount(
  { opened }: ConsumerContext,
  { channelId }: ChannelRecord,
): ProviderAccount | undefined {
  for (const account of opened) if (account.record.channelId === channelId) return account
  return undefined
}

/** Stops dealings with a provider that took more than it can have charged. */
async function checkCapture(
  lookout: Lookout,
  held: ProviderAccount | undefined,
  { record, state }: Sighting,
): Promise<void> {
  const { channelId, origin } = record
  // What an earlier run was charged is the provider's to tell, signed; a channel that ends is not asked about.
  const account =
    held ?? (record.status === 'open' && !state.closed ? await takeUp(lookout, record) : undefined)
  if (account) await settleLost(lookout, account)
  const most = account ? sumCharged(account) : record.signed
  if (state.settled <= most || account?.stopped instanceof CaptureExceedsBillsError) return
  const error = new CaptureExceedsBillsError({ billed: most, channelId, settled: state.settled })
  if (account) account.stopped = error
  lookout.raise({ amount: state.settled - most, channelId, error, kind: 'overcharged', origin })
}

/** Dealings with a provider that this process had none with yet; undefined when it does not answer. */
async function takeUp({ open, raise }: Lookout, { channelId, origin }: ChannelRecord) {
  try {
    const account = await open(origin)
    return account.record.channelId === channelId ? account : undefined
  } catch (error) {
    raise({ channelId, error, kind: 'failed' })
    return undefined
  }
}

/** Enters what answers that were lost cost, as far as the provider still tells. */
async function settleLost({ context, raise }: Lookout, account: ProviderAccount): Promise<void> {
  if (account.allotments.size === 0 || [...account.allotments].some(({ lost }) => !lost)) return
  try {
    await reconcile(context, account)
  } catch (error) {
    // It claims more than it can have charged: what it took is compared with the most that it can.
    if (error instanceof BillExceedsUsageError) return
    raise({ channelId: account.record.channelId, error, kind: 'failed' })
  }
}

/** Whether a provider that holds money has not answered for too long. */
async function isSilent(lookout: Lookout, { now, record, state }: Sighting): Promise<boolean> {
  const { context, raise, silenceLimit, silentSince } = lookout
  const { channelId, origin } = record
  const locked = larger(state.deposit - state.settled, 0n)
  if (silenceLimit === undefined || locked === 0n) return false
  if (await answers(context, origin)) {
    silentSince.delete(origin)
    return false
  }
  const since = silentSince.get(origin) ?? now
  silentSince.set(origin, since)
  const seconds = Math.floor((now - since) / 1000)
  if (seconds < silenceLimit) return false
  raise({ channelId, kind: 'silent', locked, origin, seconds })
  return true
}

async function answers({ send }: ConsumerContext, origin: string): Promise<boolean> {
  try {
    const response = await send(origin + quotePath, {
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    // Whatever the reason is, nobody answered.
    return false
  }
}
