import type { Hash, Hex } from 'viem'

import { getChannels } from '../channel/getChannels.js'
import { larger } from '../internal/compare.js'
import type { Ledger } from '../ledger/ledger.js'
import { planCapture } from '../ledger/planCapture.js'
import { syncLedger } from '../ledger/syncLedger.js'
import { settleChannels as sendSettlements } from '../settlement/settleChannels.js'
import type { Settlement } from '../settlement/settlement.js'
import { confirmOrRaise } from '../watchtower/confirmOrRaise.js'
import type { ProviderContext } from './context.js'
import { noteTransaction } from './observeProvider.js'
import { sendWithNextNonce } from './sendWithNextNonce.js'

/** Rows in one transaction, so that it fits into a block. */
const batchSize = 1000

/** What was settled. */
export type SettledChannels = {
  /** The transactions, none when nothing was owed. */
  hashes: readonly Hash[]
  /** Base units paid, by channel. */
  paid: ReadonlyMap<Hex, bigint>
}

/**
 * Pays the provider what was spent on its channels, which stay open.
 *
 * @param context - The provider.
 * @param channelIds - The channels; undefined for all on which anything is owed.
 * @returns What was paid, as the chain says after the transactions are confirmed.
 * @throws What sending and confirming throw.
 */
export async function settleChannels(
  context: ProviderContext,
  channelIds: readonly Hex[] | undefined,
): Promise<SettledChannels> {
  const { chainId, channels, client, now, store, submit } = context
  const owing: { ledger: Ledger; settlement: Settlement }[] = []
  const streams: Ledger[] = []
  for await (const ledger of channelIds ? readBooks(context, channelIds) : store.list()) {
    const { channel, settled, signature, status, vouched: cumulativeAmount } = ledger
    if (status === 'closed') continue
    const { amount: capture, steps } = planCapture(ledger)
    if (capture <= settled) continue
    if (steps > 0) streams.push(ledger)
    else if (signature) owing.push({ ledger, settlement: { capture, channel, cumulativeAmount, signature } })
  }
  const { engine } = await context.cryptography()
  const hashes: Hash[] = []
  const paid = new Map<Hex, bigint>()
  for (let start = 0; start < owing.length; start += batchSize) {
    const batch = owing.slice(start, start + batchSize)
    const hash = await submit(async () => {
      const settlements = batch.map(({ settlement }) => settlement)
      const terms = { chainId, channels, engine, settlements }
      const sent = await sendWithNextNonce(() => sendSettlements(client, terms))
      const { receipt } = await confirmOrRaise(client, { hash: sent, patience: context.timeouts.stuck })
      noteTransaction(context, 'settle', receipt)
      // What was paid more for has another hash.
      return receipt.transactionHash
    })
    hashes.push(hash)
    const syncedAt = now()
    // A row that the contract left out was not paid, so the chain is asked instead of assumed.
    const ids = batch.map(({ ledger }) => ledger.channelId)
    const states = await getChannels(client, { channelIds: ids, channels })
    for (const [index, { ledger }] of batch.entries()) {
      const state = states[index]
      if (!state) continue
      paid.set(ledger.channelId, larger(state.settled - ledger.settled, 0n))
      // A channel that ended without the provider is not tried again.
      await store.transact(ledger.channelId, (held) => ({
        ledger: held && syncLedger(held, { state, syncedAt }),
        result: undefined,
      }))
    }
  }
  for (const ledger of streams) {
    const { redeemStream } = await import('./redeemStream.js')
    const { hash, ledger: redeemed } = await redeemStream(context, ledger)
    if (hash) hashes.push(hash)
    paid.set(ledger.channelId, larger(redeemed.settled - ledger.settled, 0n))
  }
  for (const amount of paid.values()) if (amount > 0n) context.observer?.paid?.(amount)
  return { hashes, paid }
}

/** The books on some channels: a few are found without a look at all. */
async function* readBooks({ store }: ProviderContext, channelIds: readonly Hex[]): AsyncGenerator<Ledger> {
  for (const channelId of new Set(channelIds)) {
    const ledger = await store.transact(channelId, (held) => ({ ledger: held, result: held }))
    if (ledger) yield ledger
  }
}
