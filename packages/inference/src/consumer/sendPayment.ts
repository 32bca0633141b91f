import { paymentHeaderName } from '../wire/paymentHeader.js'
import type { ConsumerContext } from './context.js'
import { readPause } from './readPause.js'

/**
 * Sends a payment that brings no request. Sent twice it counts once, so it is sent again when the connection breaks,
 * no answer comes in time or the provider asks for a moment.
 *
 * @param context - The consumer.
 * @param url - Where to.
 * @param parameters - {@link sendPayment.Parameters}
 * @returns The response.
 * @throws What sending throws, when it was tried often enough.
 */
export async function sendPayment(
  context: ConsumerContext,
  url: string,
  { body, method = 'POST', payment, timeout = 10_000 }: sendPayment.Parameters,
): Promise<Response> {
  const type = body === undefined ? undefined : { 'content-type': 'application/json' }
  const init = {
    headers: { ...type, [paymentHeaderName]: payment },
    method,
    redirect: 'error',
    ...(body !== undefined && { body }),
  } as const
  for (let attempt = 1; ; attempt++) {
    const last = attempt > context.retries
    let pause: number | undefined
    try {
      const response = await context.send(url, { ...init, signal: AbortSignal.timeout(timeout) })
      pause = readPause(response, context.now())
      if (pause === undefined || last) return response
      await response.body?.cancel()
    } catch (error) {
      if (last) throw error
    }
    await context.backoff(attempt, pause ?? 0)
  }
}

export declare namespace sendPayment {
  type Parameters = {
    /** JSON that goes with it. */
    body?: string | undefined
    /** @default 'POST' */
    method?: 'GET' | 'POST' | undefined
    /** The `AI-Payment` header. */
    payment: string
    /** Milliseconds that the provider may take to answer. @default 10_000 */
    timeout?: number | undefined
  }
}
