import { ProviderDeregisteredError } from '../registry/errors.js'
import type { RegisteredProvider } from '../registry/registeredProvider.js'
import type { Resolver } from './createResolver.js'
import { ProviderEndpointError } from './registrationErrors.js'

/**
 * Writes a URL that stands for a registered provider as the one that it answers at.
 *
 * @param url - The URL.
 * @param provider - The provider.
 * @param resolver - What it was found by.
 * @returns The URL at its endpoint, below the endpoint's own path.
 * @throws {@link ProviderDeregisteredError} when the provider left.
 * @throws {@link ProviderEndpointError} when it registered something that is no place to go to.
 */
export function placeUrl(
  url: string,
  { deregistered, endpoint, id }: RegisteredProvider,
  { plainHttp }: Pick<Resolver, 'plainHttp'>,
): string {
  if (deregistered) throw new ProviderDeregisteredError({ id })
  if (!URL.canParse(endpoint)) throw new ProviderEndpointError({ endpoint, id })
  const { hash, origin, password, pathname, protocol, search: query, username } = new URL(endpoint)
  const safe = protocol === 'https:' || (plainHttp && protocol === 'http:')
  if (!safe || hash || password || query || username) throw new ProviderEndpointError({ endpoint, id })
  const { pathname: path, search } = new URL(url)
  return `${origin}${pathname.replace(/\/+$/, '')}${path}${search}`
}
