import type { Hex } from 'viem'

import type { ChannelState } from '../channel/channel.js'
import { getChannels } from '../channel/getChannels.js'
import { smaller } from '../internal/compare.js'
import type { syncLedger } from '../ledger/syncLedger.js'
import { askAll, type Head } from './readHeads.js'
import type { Tower } from './tower.js'

/** Channels in one question to a node. */
const batchSize = 500

/**
 * Asks all nodes about channels, many in one question, and believes the worst of what they say: a node may be slow or
 * lie, and to miss an exit costs more than to settle early.
 *
 * @param tower - The watchtower.
 * @param heads - The nodes that answer.
 * @param channelIds - The channels.
 * @returns Their states; a channel about which no node answered is left out.
 */
export async function readStates(
  tower: Tower,
  heads: readonly Head[],
  channelIds: readonly Hex[],
): Promise<ReadonlyMap<Hex, syncLedger.State>> {
  const { channels } = tower.context
  const found = new Map<Hex, syncLedger.State>()
  for (let start = 0; start < channelIds.length; start += batchSize) {
    const batch = channelIds.slice(start, start + batchSize)
    const answers = await askAll(tower, heads, ({ client }) =>
      getChannels(client, { channelIds: batch, channels }),
    )
    for (const [index, channelId] of batch.entries()) {
      const told = answers.flatMap(({ answer, asked: head }) => {
        const state = answer[index]
        return state ? [{ head, state }] : []
      })
      const worst = worstOf(told)
      if (!worst) continue
      found.set(channelId, worst)
      if (disagree(told)) tower.raise({ channelId, kind: 'disagreement' })
    }
  }
  return found
}

type Told = { readonly head: Head; readonly state: ChannelState }

/** What the payee has to reckon with. */
function worstOf(told: readonly Told[]): syncLedger.State | undefined {
  let worst: syncLedger.State | undefined
  for (const { head, state } of told) {
    // An end that only some know of is an exit as long as the others do not confirm it.
    const closeAt = state.closed ? head.timestamp : state.closeAt
    worst = worst
      ? {
          closeAt:
            worst.closeAt === 0 || closeAt === 0 ? worst.closeAt + closeAt : Math.min(worst.closeAt, closeAt),
          closed: worst.closed && state.closed,
          deposit: smaller(worst.deposit, state.deposit),
          settled: smaller(worst.settled, state.settled),
        }
      : { closeAt, closed: state.closed, deposit: state.deposit, settled: state.settled }
  }
  return worst?.closed ? { ...worst, closeAt: 0 } : worst
}

/** Whether nodes contradict each other; at different heights they only tell different times. */
function disagree(told: readonly Told[]): boolean {
  const [first] = told
  return told.some(
    ({ head, state }) =>
      head.number === first?.head.number &&
      (state.closeAt !== first.state.closeAt ||
        state.closed !== first.state.closed ||
        state.deposit !== first.state.deposit ||
        state.settled !== first.state.settled),
  )
}
