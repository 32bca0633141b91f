import type { Fetch } from './context.js'
import type { Resolver } from './createResolver.js'
import { parseProviderUrl } from './providerUrl.js'

/**
 * Creates the `fetch` that knows where registered providers are. Everything else goes where it was going.
 *
 * @param send - What sends requests.
 * @param resolver - What finds providers.
 * @returns The `fetch`.
 */
export function createSender(send: Fetch, resolver: Resolver): Fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : `${input}`
    const id = parseProviderUrl(url)
    if (id === undefined) return send(input, init)
    // Checks and paths are for those who name providers by their ids.
    const { sendToProvider } = await import('./sendToProvider.js')
    return sendToProvider({ id, init, input, resolver, send, url })
  }
}
