import { CallFailedError, TransactionRevertedError } from '@aitoken/core'
import type { Hash, Hex } from 'viem'
import { closeChannelCall, closeChannel as sendClose } from '../channel/closeChannel.js'
import { getChannel } from '../channel/getChannel.js'
import { beginClose, cancelClose, endClose } from '../ledger/close.js'
import { ChannelEndingError } from '../ledger/errors.js'
import type { Ledger } from '../ledger/ledger.js'
import { planCapture } from '../ledger/planCapture.js'
import { syncLedger } from '../ledger/syncLedger.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import { confirmOrRaise } from '../watchtower/confirmOrRaise.js'
import { ChannelUnknownError } from '../wire/errors.js'
import type { ProviderContext } from './context.js'
import { sweepAbandoned } from './findChannel.js'
import { signReceiptOf } from './finishRequest.js'
import { noteTransaction } from './observeProvider.js'
import { sendWithNextNonce } from './sendWithNextNonce.js'

/** How a channel ended. */
export type ClosedChannel = {
  /** The channel. */
  channelId: Hex
  /** The transaction that closed it. */
  hash: Hash
  /** The last receipt; undefined when nothing was receipted since the provider knows the channel. */
  receipt: SignedReceipt | undefined
  /** Base units that went back to the payer. */
  refunded: bigint
  /** Base units charged. */
  spent: bigint
  /**
   * Base units charged that no signature covered, so that they were not paid: 0n unless the payer vanished. Then it
   * is less than one unit of its hash chain, or at most the credit window.
   */
  uncovered: bigint
}

/**
 * Ends a channel: pays the provider what was spent, not what was authorized, and refunds the rest.
 *
 * @param context - The provider.
 * @param channelId - The channel.
 * @returns How it ended, after the transaction is confirmed.
 * @throws {@link ChannelUnknownError} when the provider has no book on it.
 * @throws `ChannelBusyError` when requests are being served on it, `ChannelEndingError` when it has ended, and
 * what sending and confirming throw; the channel is then served again, unless the outcome is unknown.
 */
export async function closeChannel(context: ProviderContext, channelId: Hex): Promise<ClosedChannel> {
  const change = (fn: (ledger: Ledger) => Ledger) =>
    context.store.transact(channelId, (held) => {
      if (!held) throw new ChannelUnknownError({ channelId })
      const ledger = fn(held)
      return { ledger, result: ledger }
    })
  const begun = await change((held) => beginClose(sweepAbandoned(context, held)))
  const reopen = () => change(cancelClose)
  const ledger = await secureStream(context, begun, reopen)
  const { amount } = planCapture(ledger)
  const hash = await sendAndConfirm(context, ledger, { capture: amount, reopen })
  await change((held) => endClose(held, amount))
  context.observer?.paid?.(amount - ledger.settled)
  const { deposit, receipt, spent } = ledger
  const signed = receipt && (await signReceiptOf(context, receipt))
  const refunded = deposit - amount
  return { channelId, hash, receipt: signed, refunded, spent, uncovered: spent - amount }
}

/** Takes what only a hash chain proves: a channel that ended takes none of it any more. */
async function secureStream(
  context: ProviderContext,
  ledger: Ledger,
  reopen: () => Promise<Ledger>,
): Promise<Ledger> {
  if (planCapture(ledger).steps === 0) return ledger
  const { redeemStream } = await import('./redeemStream.js')
  try {
    return (await redeemStream(context, ledger)).ledger
  } catch (error) {
    await reopen()
    throw error
  }
}

async function sendAndConfirm(
  context: ProviderContext,
  ledger: Ledger,
  { capture, reopen }: { capture: bigint; reopen: () => Promise<Ledger> },
): Promise<Hash> {
  const { chainId, channels, client, submit } = context
  const { channel, signature, vouched: cumulativeAmount } = ledger
  const { engine } = await context.cryptography()
  const parameters = { capture, chainId, channel, channels, cumulativeAmount, engine, signature }
  return submit(async () => {
    const learn = (error: unknown) => learnOutcome(context, ledger, { error, reopen })
    const hash = await sendWithNextNonce(() => sendClose(client, parameters)).catch(learn)
    const patience = context.timeouts.stuck
    const call = closeChannelCall(parameters)
    const { receipt } = await confirmOrRaise(client, { call, hash, patience }).catch(
      async (error: unknown) => {
        if (error instanceof TransactionRevertedError) return learn(error)
        throw error
      },
    )
    noteTransaction(context, 'close', receipt)
    return hash
  })
}

/**
 * Asks the chain what became of a closing that failed. The channel is served again only when that is certain: a node
 * that answered nothing may have passed the transaction on, and what is served after a closing is never paid.
 */
async function learnOutcome(
  context: ProviderContext,
  { channelId }: Ledger,
  { error, reopen }: { error: unknown; reopen: () => Promise<Ledger> },
): Promise<never> {
  const { channels, client, store } = context
  const syncedAt = context.now()
  const state = await getChannel(client, { channelId, channels }).catch(() => undefined)
  if (state) {
    const synced = await store.transact(channelId, (held) => {
      const ledger = held && syncLedger(held, { state, syncedAt })
      return { ledger, result: ledger }
    })
    // An earlier attempt, or somebody else's, came first.
    if (synced?.status === 'closed') throw new ChannelEndingError({ channelId, status: 'closed' })
    if (!(error instanceof CallFailedError)) await reopen()
  }
  throw error
}
