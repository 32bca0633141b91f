import type { AitokenError } from '@aitoken/core/errors'
import type { Hex } from 'viem'

import { idempotencyKeyHeader } from '../journal/readIdempotencyKey.js'
import { paymentHeaderName } from '../wire/paymentHeader.js'
import { problemMediaType } from '../wire/problem.js'
import type { Allotment, ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'
import { AnswerTooLargeError } from './errors.js'
import { noteTaken } from './lanes.js'
import { readBody } from './readBody.js'
import { lagOfNode, readPause } from './readPause.js'
import type { CompletionRequest } from './readRequest.js'
import { signPayment } from './signPayment.js'
import { stripSecrets } from './stripSecrets.js'
import { takeTurn } from './takeTurn.js'

/** What an attempt needs. */
export type Attempt = {
  allotment: Allotment
  /** Under it, the provider charges the request once however often it is sent. */
  key: string
  /** Whether it is not sent again when the connection breaks. */
  last: boolean
  /** How often others on the channel came first. */
  overtaken: number
  priceTag: Hex
  request: CompletionRequest
  /** Whether an attempt before this one may have been charged. */
  unsure: boolean
}

/** What came of an attempt. */
export type Attempted =
  | { lost: true }
  | { pause: number | undefined; payment: string; problem: AitokenError }
  | { pause: number | undefined; response: Response }

/**
 * Sends a request with its payment once. A payment whose fate is unknown stays allotted until the provider tells what
 * it charged.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param attempt - {@link Attempt}
 * @returns The answer, a whole one with its bytes in memory, and how many milliseconds later it may be sent again if
 * the provider asks for that; or that the connection broke.
 * @throws What signing throws, and what sending throws when it was tried often enough.
 */
export async function attemptPayment(
  context: ConsumerContext,
  account: ProviderAccount,
  { overtaken, ...attempt }: Attempt,
): Promise<Attempted> {
  const endTurn = await takeTurn(account, overtaken)
  try {
    return await sendOnce(context, account, attempt)
  } finally {
    endTurn()
  }
}

async function sendOnce(
  context: ConsumerContext,
  account: ProviderAccount,
  { allotment, key, last, priceTag, request, unsure }: Omit<Attempt, 'overtaken'>,
): Promise<Attempted> {
  let payment: string
  try {
    const { bytes, url } = request
    payment = await signPayment(context, account, { bytes, path: new URL(url).pathname, priceTag })
  } catch (error) {
    if (unsure) allotment.cut = allotment.lost = true
    else account.allotments.delete(allotment)
    throw error
  }
  const headers = stripSecrets(request)
  headers.set(idempotencyKeyHeader, key)
  headers.set(paymentHeaderName, payment)
  const { bytes: body, signal, url } = request
  try {
    const response = await context.send(url, {
      body,
      headers,
      method: 'POST',
      redirect: 'error',
      ...(signal ? { signal } : {}),
    })
    const pause = readPause(response, context.now())
    if (response.headers.get('content-type')?.startsWith(problemMediaType)) {
      // The classes of all that can go wrong are loaded when something does.
      const { readProblem } = await import('./readProblem.js')
      const problem = await readProblem(response, account.origin)
      const met = account.introduced || problem.name !== 'ChannelUnknownError'
      return { pause: met ? pause : lagOfNode, payment, problem }
    }
    // Others may answer before the provider sees anything.
    if (response.status === 200) {
      account.introduced = true
      noteTaken(account, payment)
    }
    if (request.body.stream || response.status !== 200) return { pause, response }
    // The provider repeats an answer that breaks off, as long as nobody has seen the beginning.
    return {
      pause,
      response: new Response(
        await readBody(response, { limit: context.maxAnswerBytes, origin: account.origin }),
        response,
      ),
    }
  } catch (error) {
    const hopeless = error instanceof AnswerTooLargeError
    if (!last && !hopeless && !signal?.aborted) return { lost: true }
    allotment.lost = true
    allotment.cut = !signal?.aborted
    throw error
  }
}
