import type { Hex } from 'viem'

import { findReservation, type Holder } from '../ledger/ledger.js'
import { release } from '../ledger/release.js'
import type { ProviderContext } from './context.js'

/**
 * Gives the credit of a request back that is not served here, if it holds any.
 *
 * @param context - The provider.
 * @param holder - The request, and the channel that pays.
 */
export async function giveBack(
  context: ProviderContext,
  { attempt, channelId, requestId }: Holder & { channelId: Hex },
): Promise<void> {
  await context.store.transact(channelId, (held) => {
    const reserved = held && findReservation(held, requestId, attempt)
    return { ledger: reserved ? release(held, { attempt, requestId }) : held, result: undefined }
  })
  context.signals.notify(channelId)
}
