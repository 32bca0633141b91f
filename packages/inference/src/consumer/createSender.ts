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
    const { placeUrl } = await import('./placeUrl.js')
    const go = (target: string) => send(input instanceof Request ? new Request(target, input) : target, init)
    const target = placeUrl(url, await resolver.find(id), resolver)
    try {
      return await go(target)
    } catch (error) {
      if (init?.signal?.aborted) throw error
      // It may have moved. When the registry cannot be asked either, the first failure says more.
      const moved = await resolver.find(id, { fresh: true }).then(
        (provider) => placeUrl(url, provider, resolver),
        () => target,
      )
      const method = init?.method ?? (input instanceof Request ? input.method : 'GET')
      // What was paid for is sent again by who paid; what only asks is asked again here.
      if (moved === target || method.toUpperCase() !== 'GET') throw error
      return go(moved)
    }
  }
}
