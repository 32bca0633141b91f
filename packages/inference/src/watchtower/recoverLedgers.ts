import { fetchLogs } from '@aitoken/core/internal'
import { encodeEventTopics, type Hex } from 'viem'
import { getBlockNumber } from 'viem/actions'
import { getAction } from 'viem/utils'

import { type Channel, signerOf } from '../channel/channel.js'
import { getChannels } from '../channel/getChannels.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { toChannelEvents } from '../history/channelEvent.js'
import { isSameAddress } from '../internal/address.js'
import { createLedger } from '../ledger/createLedger.js'
import { ChannelEndingError } from '../ledger/errors.js'
import type { ProviderContext } from '../provider/context.js'
import { isCutOff } from './finishClosings.js'

/** Channels in one question to the node. */
const batchSize = 500

/** What was found in the chain's history. */
export type RecoveredLedgers = {
  /** Channels that were closed, because their closing had been begun and cut off. */
  readonly closed: number
  /** Books that were written. */
  readonly created: number
  /** Channels of the provider that are open, those with a book included. */
  readonly open: number
}

/** How the chain's history is read. */
export type RecoverOptions = {
  /** Blocks in one request. @default 10_000n */
  chunkSize?: bigint | undefined
  /** First block; the one that the contract was deployed in spares requests. @default 0n */
  fromBlock?: bigint | undefined
  /** Told after each chunk how far the history has been read. */
  onProgress?: ((progress: { fromBlock: bigint; readTo: bigint; toBlock: bigint }) => void) | undefined
}

/**
 * Writes the books anew from the chain, after the store was lost. What was settled counts as spent. A book that
 * exists is left alone, but a closing that was begun and cut off is finished.
 *
 * @param context - The provider.
 * @param options - {@link RecoverOptions}
 * @returns What was found.
 * @throws `HistoryUnavailableError` when the node gives the events of no range, however small.
 */
export async function recoverLedgers(
  context: ProviderContext,
  options: RecoverOptions = {},
): Promise<RecoveredLedgers> {
  let created = 0
  let open = 0
  for await (const found of findChannels(context, options)) {
    const entries = [...found]
    for (let start = 0; start < entries.length; start += batchSize) {
      const wrote = await writeBooks(context, entries.slice(start, start + batchSize))
      created += wrote.created
      open += wrote.open
    }
  }
  return { closed: await closeCutOff(context), created, open }
}

/** Finishes closings that were cut off. One that fails is tried again by a watchtower. */
async function closeCutOff(context: ProviderContext): Promise<number> {
  const channelIds: Hex[] = []
  for await (const ledger of context.store.list()) if (isCutOff(ledger)) channelIds.push(ledger.channelId)
  if (channelIds.length === 0) return 0
  const { closeChannel } = await import('../provider/closeChannel.js')
  let closed = 0
  for (const channelId of channelIds)
    try {
      await closeChannel(context, channelId)
      closed += 1
    } catch (error) {
      // It ended meanwhile.
      if (!(error instanceof ChannelEndingError)) context.onError(error)
    }
  return closed
}

/** Channels that were opened to the payee, one chunk of blocks after another. */
async function* findChannels(
  { channels: address, client, payee, token }: ProviderContext,
  { chunkSize = 10_000n, fromBlock = 0n, onProgress }: RecoverOptions,
): AsyncGenerator<Map<Hex, Channel>, void, undefined> {
  const topics = encodeEventTopics({ abi: paymentChannelsAbi, args: { payee }, eventName: 'ChannelOpened' })
  const toBlock = await getAction(client, getBlockNumber, 'getBlockNumber')({ cacheTime: 0 })
  let size = chunkSize > 0n ? chunkSize : 1n
  for (let next = fromBlock; next <= toBlock; ) {
    const readTo = next + size - 1n < toBlock ? next + size - 1n : toBlock
    const onRefused = (blocks: bigint) => {
      size = blocks > 1n ? blocks / 2n : 1n
    }
    const found = new Map<Hex, Channel>()
    const logs = await fetchLogs(client, { address, fromBlock: next, onRefused, toBlock: readTo, topics })
    for (const event of toChannelEvents(logs)) {
      if (event.eventName !== 'ChannelOpened' || !isSameAddress(event.args.token, token)) continue
      const { authorizedSigner, channelId, payee, payer, salt } = event.args
      found.set(channelId, { authorizedSigner, payee, payer, salt, token })
    }
    yield found
    onProgress?.({ fromBlock, readTo, toBlock })
    next = readTo + 1n
  }
}

async function writeBooks(
  { channels, client, creditWindow: credit, now, safetyMargin: margin, store }: ProviderContext,
  entries: readonly [Hex, Channel][],
): Promise<Omit<RecoveredLedgers, 'closed'>> {
  const syncedAt = now()
  const states = await getChannels(client, { channelIds: entries.map(([id]) => id), channels })
  let created = 0
  let open = 0
  for (const [index, [channelId, channel]] of entries.entries()) {
    const state = states[index]
    if (!state || state.closed || state.deposit === 0n) continue
    open++
    created += await store.transact(channelId, (held) => {
      if (held) return { ledger: held, result: 0 }
      const signer = signerOf(channel)
      return {
        ledger: createLedger({ channel, channelId, credit, margin, signer, state, syncedAt }),
        result: 1,
      }
    })
  }
  return { created, open }
}
