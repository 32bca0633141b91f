import type { Hex } from 'viem'

import { type Channel, signerOf } from '../channel/channel.js'
import { hashChannel } from '../channel/hashChannel.js'
import { larger } from '../internal/compare.js'
import type { Ledger } from '../ledger/ledger.js'
import { sweep } from '../ledger/release.js'
import { ChannelMismatchError, ChannelUnknownError } from '../wire/errors.js'
import type { Payment } from '../wire/payment.js'
import type { KnownChannel, ProviderContext } from './context.js'

/** Channels that one process remembers. */
const capacity = 100_000

/**
 * Finds the channel that a payment draws on: in memory, in the store, or by the descriptor that the payment
 * brings. Nothing that the payment says is believed before its signature is checked.
 *
 * @param context - The provider.
 * @param payment - The payment.
 * @returns What this process knows about the channel; `fresh` when the chain was never asked.
 * @throws {@link ChannelUnknownError} when nobody knows it.
 * @throws {@link ChannelMismatchError} when the descriptor is of another channel.
 */
export async function findChannel(
  context: ProviderContext,
  payment: Payment,
): Promise<{ fresh: boolean; known: KnownChannel }> {
  const { channelId } = payment
  const descriptor = 'descriptor' in payment ? payment.descriptor : undefined
  const remembered = context.known.get(channelId)
  if (remembered) return { fresh: false, known: remembered }
  const stored = await recallChannel(context, channelId)
  if (stored) return { fresh: false, known: stored }
  if (!descriptor) throw new ChannelUnknownError({ channelId })
  const channel: Channel = { ...descriptor, payee: context.payee, token: context.token }
  const { engine } = await context.cryptography()
  const { chainId, channels } = context
  const expected = hashChannel({ chainId, channel, channels, engine })
  if (expected !== channelId) throw new ChannelMismatchError({ channelId, expected })
  return {
    fresh: true,
    known: {
      channel,
      grants: [],
      limit: -1n,
      signer: signerOf(channel),
      stream: undefined,
      syncedAt: 0,
      vouched: -1n,
    },
  }
}

/** Reads a channel's book into memory, as other processes left it; undefined when there is none. */
export async function recallChannel(
  context: ProviderContext,
  channelId: Hex,
): Promise<KnownChannel | undefined> {
  const stored = await context.store.transact(channelId, (ledger) => {
    const swept = ledger && sweepAbandoned(context, ledger)
    return { ledger: swept, result: swept }
  })
  return stored && remember(context, stored)
}

/** Charges what a process that died had delivered, and gives the rest of its reservations back. */
export function sweepAbandoned(context: ProviderContext, ledger: Ledger): Ledger {
  return sweep(ledger, { before: context.now() - context.timeouts.reservation })
}

/** Keeps what a book says in memory; what was asked about longest ago makes room. */
export function remember(context: ProviderContext, ledger: Ledger): KnownChannel {
  const { channel, channelId, deposit, grants, margin, settled, signer, stream, syncedAt } = ledger
  const vouched = larger(ledger.vouched, settled)
  const known: KnownChannel = { channel, grants, limit: deposit - margin, signer, stream, syncedAt, vouched }
  const oldest = context.known.size >= capacity ? context.known.keys().next().value : undefined
  if (oldest !== undefined) context.known.delete(oldest)
  context.known.delete(channelId)
  context.known.set(channelId, known)
  return known
}
