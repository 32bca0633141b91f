import type { Hash } from 'viem'

import { getChannel } from '../channel/getChannel.js'
import { readHex, toHex } from '../internal/hex.js'
import type { Ledger } from '../ledger/ledger.js'
import { planCapture } from '../ledger/planCapture.js'
import { syncLedger } from '../ledger/syncLedger.js'
import { settleStream } from '../stream/settleStream.js'
import { confirmOrRaise } from '../watchtower/confirmOrRaise.js'
import type { ProviderContext } from './context.js'
import { noteTransaction } from './observeProvider.js'
import { sendWithNextNonce } from './sendWithNextNonce.js'

/**
 * Takes on chain what only a hash chain proves, because its payer signed no voucher for it. Of a chain, whole units
 * can be taken: the link that pays for no more than was spent is computed from the last one.
 *
 * @param context - The provider.
 * @param ledger - The channel's book.
 * @returns The transaction, after it is confirmed, and the book as the chain has it then; no transaction when the
 * chain says that it was taken before.
 * @throws What sending and confirming throw.
 */
export async function redeemStream(
  context: ProviderContext,
  ledger: Ledger,
): Promise<{ hash: Hash | undefined; ledger: Ledger }> {
  const { chainId, channels, client, submit } = context
  const { channel, channelId } = ledger
  const { engine } = await context.cryptography()
  const read = async (): Promise<Ledger> => {
    const syncedAt = context.now()
    const state = await getChannel(client, { channelId, channels })
    return context.store.transact(channelId, (held) => {
      const synced = syncLedger(held ?? ledger, { state, syncedAt })
      return { ledger: synced, result: synced }
    })
  }
  const known = await read()
  const { steps } = planCapture(known)
  const { stream } = known
  if (steps === 0 || !stream || known.status === 'closed') return { hash: undefined, ledger: known }
  let link = readHex(stream.link, 32) ?? new Uint8Array(32)
  for (let step = stream.steps; step > steps; step--) link = engine.keccak256(link)
  const { signature, ...commit } = stream
  const hash = await submit(async () => {
    const terms = { channel, commit, engine, link: toHex(link), signature, steps }
    const sent = await sendWithNextNonce(() => settleStream(client, { ...terms, chainId, channels }))
    const { receipt } = await confirmOrRaise(client, { hash: sent, patience: context.timeouts.stuck })
    noteTransaction(context, 'stream', receipt)
    // What was paid more for has another hash.
    return receipt.transactionHash
  })
  return { hash, ledger: await read() }
}
