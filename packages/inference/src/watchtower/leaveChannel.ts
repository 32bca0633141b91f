import { TransactionUnconfirmedError } from '@aitoken/core'
import type { Hash, Hex } from 'viem'

import { putChannel } from '../books/books.js'
import type { ChannelRecord } from '../books/channelRecord.js'
import type { ChannelState } from '../channel/channel.js'
import { GracePeriodError } from '../channel/errors.js'
import { getChannel } from '../channel/getChannel.js'
import { requestClose } from '../channel/requestClose.js'
import { channelReverts } from '../channel/reverts.js'
import { withdrawFromChannel } from '../channel/withdrawFromChannel.js'
import type { ProviderAccount } from '../consumer/account.js'
import type { ConsumerContext } from '../consumer/context.js'
import { retireAccount } from '../consumer/retireAccount.js'
import { strikeChannel } from '../consumer/sweepChannels.js'
import { confirmOrRaise } from './confirmOrRaise.js'
import { CaptureExceedsBillsError } from './errors.js'
import { findAccount, type Lookout, type Sighting } from './watchChannel.js'

/** Milliseconds that a transaction may wait for its block before its fee is raised. */
const patience = 45_000

/**
 * Announces the exit from a channel. What fails between this and the note in the books is found at the next look:
 * the chain knows of the exit.
 *
 * @param lookout - The watchtower.
 * @param sighting - The channel.
 */
export async function leaveChannel(lookout: Lookout, { record }: Sighting): Promise<void> {
  const { context, raise } = lookout
  const { channels, client } = context
  const { channel, channelId, origin } = record
  const hash = await sendOnce(lookout, channelId, () => requestClose(client, { channel, channels }))
  const state = await getChannel(client, { channelId, channels })
  await noteExit(lookout, record, state)
  raise({ channelId, closeAt: state.closeAt, hash, kind: 'leaving', origin })
}

/**
 * Takes back what is left in a channel whose exit is over, and strikes one that ended off the books.
 *
 * @param lookout - The watchtower.
 * @param sighting - The channel, which is ending or has ended.
 * @returns Whether the exit is still under way.
 */
export async function endChannel(lookout: Lookout, { now, record, state }: Sighting): Promise<boolean> {
  const { context, raise } = lookout
  const { channels, client } = context
  const { channel, channelId, origin } = record
  if (state.closed) return strike(lookout, record, state)
  if (record.exitAt !== state.closeAt) await noteExit(lookout, record, state)
  if (now < state.closeAt * 1000) return true
  const hash = await sendOnce(lookout, channelId, () =>
    withdrawFromChannel(client, { channel, channels }),
  ).catch((error: unknown) => {
    // The chain's clock is behind this one.
    if (error instanceof GracePeriodError) return undefined
    throw error
  })
  if (hash === undefined) return true
  const ended = await getChannel(client, { channelId, channels })
  raise({ amount: ended.deposit - ended.settled, channelId, hash, kind: 'withdrawn', origin })
  return strike(lookout, record, ended)
}

/** Takes a channel that ended off the books. */
async function strike({ context }: Lookout, record: ChannelRecord, state: ChannelState): Promise<false> {
  const account = findHonest(context, record)
  if (account) await retireAccount(context, account, state)
  else await strikeChannel(context, await context.books(), record, state)
  return false
}

/** Notes in the books that a channel is ending, and ends the dealings that use it. */
async function noteExit({ context }: Lookout, record: ChannelRecord, state: ChannelState): Promise<void> {
  const account = findHonest(context, record)
  if (account) return retireAccount(context, account, state)
  const books = await context.books()
  await books.transact((held) => {
    const kept = held.channels.get(record.channelId)
    const noted = kept && { ...kept, exitAt: state.closeAt, status: 'ending' as const }
    return { books: noted ? putChannel(held, noted) : held, result: undefined }
  })
}

/** Dealings that may begin anew: those with a provider that took too much stay stopped. */
function findHonest(context: ConsumerContext, record: ChannelRecord): ProviderAccount | undefined {
  const account = findAccount(context, record)
  return account?.stopped instanceof CaptureExceedsBillsError ? undefined : account
}

/** Sends a transaction and waits for it. While nobody knows what became of one, it is asked for, and none is sent. */
async function sendOnce(
  { context: { client }, sent }: Lookout,
  channelId: Hex,
  send: () => Promise<Hash>,
): Promise<Hash> {
  const hash = sent.get(channelId) ?? (await send())
  sent.set(channelId, hash)
  try {
    const { receipt } = await confirmOrRaise(client, { hash, patience, reverts: channelReverts })
    sent.delete(channelId)
    return receipt.transactionHash
  } catch (error) {
    if (error instanceof TransactionUnconfirmedError) sent.set(channelId, error.hash)
    else sent.delete(channelId)
    throw error
  }
}
