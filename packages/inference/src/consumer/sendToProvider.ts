import type { Fetch } from './context.js'
import type { Resolver } from './createResolver.js'
import { placeUrl } from './placeUrl.js'

/**
 * Sends a request to where a registered provider is, and nowhere else: what it answers may not lead on.
 *
 * @param parameters - {@link sendToProvider.Parameters}
 * @returns The response.
 * @throws What {@link placeUrl} throws, and what sending does.
 */
export async function sendToProvider(parameters: sendToProvider.Parameters): Promise<Response> {
  const { id, init, input, resolver, send, url } = parameters
  const go = (target: string) =>
    send(input instanceof Request ? new Request(target, input) : target, { ...init, redirect: 'error' })
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

export declare namespace sendToProvider {
  type Parameters = {
    /** The provider. */
    id: bigint
    /** What `fetch` was given besides. */
    init: RequestInit | undefined
    /** What `fetch` was given. */
    input: Request | URL | string
    resolver: Resolver
    send: Fetch
    /** The URL that stands for the provider. */
    url: string
  }
}
