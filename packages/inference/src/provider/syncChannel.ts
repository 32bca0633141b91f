import type { Hex } from 'viem'

import { createLedger } from '../ledger/createLedger.js'
import { ChannelEndingError } from '../ledger/errors.js'
import { syncLedger } from '../ledger/syncLedger.js'
import { ChannelUnknownError } from '../wire/errors.js'
import { ChainUnavailableError } from '../wire/serviceErrors.js'
import type { KnownChannel, ProviderContext } from './context.js'
import { remember } from './findChannel.js'

/**
 * Asks the chain about a channel and notes the answer in the book, which begins with the first one. However often the
 * same is asked, the chain is asked about once a second.
 *
 * @param context - The provider.
 * @param channelId - The channel.
 * @param parameters - {@link syncChannel.Parameters}
 * @returns What this process now knows; its limit may still be lower than what is needed.
 * @throws {@link ChannelUnknownError} when it was never opened.
 * @throws {@link ChannelEndingError} when it is ending or has ended.
 * @throws {@link ChainUnavailableError} when the chain does not answer.
 * @throws `ProviderBusyError` when too many channels are looked up for the first time.
 */
export function syncChannel(
  context: ProviderContext,
  channelId: Hex,
  { fresh, known, needed = -1n }: syncChannel.Parameters,
): Promise<KnownChannel> {
  const read = () => readChain(context, channelId, known)
  return context.looks.look(channelId, { first: fresh, known, needed, read })
}

export declare namespace syncChannel {
  type Parameters = {
    /** Whether the chain was never asked about it. */
    fresh: boolean
    /** Its descriptor and signer, which are verified. */
    known: KnownChannel
    /** Total that a voucher authorizes, in base units. @default none */
    needed?: bigint | undefined
  }
}

async function readChain(
  context: ProviderContext,
  channelId: Hex,
  { channel, signer }: KnownChannel,
): Promise<KnownChannel> {
  const { channels, client, creditWindow: credit, safetyMargin: margin } = context
  const syncedAt = context.now()
  const { getChannel } = await import('../channel/getChannel.js')
  const state = await getChannel(client, { channelId, channels }).catch((cause: unknown) => {
    throw new ChainUnavailableError({ cause })
  })
  // Checked before anything is written: a book is kept only on channels that exist.
  if (state.deposit === 0n) throw new ChannelUnknownError({ channelId })
  const ledger = await context.store.transact(channelId, (held) => {
    const synced = held
      ? syncLedger({ ...held, credit, margin }, { state, syncedAt })
      : createLedger({ channel, channelId, credit, margin, signer, state, syncedAt })
    return { ledger: synced, result: synced }
  })
  const known = remember(context, ledger)
  const { status } = ledger
  if (status !== 'open') throw new ChannelEndingError({ channelId, status })
  return known
}
