import { paymentHeaderName } from '../wire/paymentHeader.js'
import { receiptHeaderName } from '../wire/receiptText.js'
import { ProviderOptionError } from './errors.js'

/** Lets pages of other origins use a provider (CORS, as the Fetch standard has it). */
export type Cors = {
  /** Answers what a browser asks before a request; undefined when this is no such question. */
  preflight(request: Request): Response | undefined
  /** Marks a response as readable for the page that asked. */
  share(request: Request, response: Response): Response
}

/**
 * Creates what shares a provider with pages. No cookie is ever looked at, so that anybody may ask gives nobody
 * anything: what counts is the signature in the payment.
 *
 * @param allowed - True for all origins, false for none, or the origins.
 * @returns The sharing.
 * @throws {@link ProviderOptionError} when an origin is none, as no browser would ever name it.
 */
export function createCors(allowed: boolean | readonly string[]): Cors {
  const origins = typeof allowed === 'boolean' ? undefined : new Set(allowed)
  for (const value of origins ?? [])
    if (!/^[a-z][a-z\d+.-]*:\/\/[^\s/]+$/.test(value)) {
      const expected = 'origins such as `https://app.example`, without a path'
      throw new ProviderOptionError({ expected, option: 'cors', value })
    }

  const share = (request: Request, response: Response): Response => {
    if (allowed === false) return response
    const { headers } = response
    if (origins) {
      const origin = request.headers.get('origin')
      // Caches must not give one origin's answer to another.
      headers.append('vary', 'origin')
      if (origin === null || !origins.has(origin)) return response
      headers.set('access-control-allow-origin', origin)
    } else headers.set('access-control-allow-origin', '*')
    // The star is for what a policy discloses.
    headers.set('access-control-expose-headers', `${receiptHeaderName}, *`)
    return response
  }

  return {
    preflight(request) {
      if (allowed === false || request.method !== 'OPTIONS') return undefined
      const headers = {
        // The star is for what clients add of their own; it does not stand for `authorization`.
        'access-control-allow-headers': `content-type, ${paymentHeaderName}, authorization, idempotency-key, *`,
        'access-control-allow-methods': 'GET, HEAD, POST',
        'access-control-max-age': '86400',
      }
      return new Response(null, { headers, status: 204 })
    },
    share,
  }
}
