import { mergeLost, type ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'
import { payRequest } from './payRequest.js'
import { readRequest } from './readRequest.js'
import { readState } from './readState.js'
import { receiveStream } from './receiveStream.js'
import { receiveWhole } from './receiveWhole.js'
import { retireAccount } from './retireAccount.js'

/**
 * Sends a request for a completion, pays for it and settles its bill.
 *
 * @param context - The consumer.
 * @param meet - Finds the dealings with the provider, or begins them.
 * @param request - The request, unread.
 * @returns The answer; a stream settles its bill when it ends.
 * @throws What {@link payRequest} and the bill's checks throw.
 */
export async function buyCompletion(
  context: ConsumerContext,
  meet: (model: string) => Promise<ProviderAccount>,
  request: Request,
): Promise<Response> {
  const completion = await readRequest(request)
  const account = await meet(completion.body.model)
  const allotments = [...account.allotments]
  if (allotments.length > 0 && allotments.every(({ lost }) => lost)) {
    const { reconcile } = await import('./reconcile.js')
    await reconcile(context, account)
  }
  mergeLost(account)
  const answer = await payRequest(context, account, completion).catch(async (error: unknown) => {
    // A provider could say so at every request, and have one channel after the other opened.
    if (error instanceof Error && error.name === 'ChannelEndingError') await leave(context, account)
    throw error
  })
  const { allotment, response } = answer
  if (response.status === 200)
    return completion.body.stream
      ? receiveStream(context, account, answer, completion.signal)
      : receiveWhole(context, account, answer)
  // Whoever stands between may have answered after the charge: only the provider's account tells.
  allotment.cut = allotment.lost = true
  return response
}

/** Ends the dealings if the chain says that the channel ended, or that the payer announced its exit. */
async function leave(context: ConsumerContext, account: ProviderAccount): Promise<void> {
  const state = await readState(context, account)
  if (state.closed || state.closeAt > 0) await retireAccount(context, account, state)
}
