import { getMetadata } from '@aitoken/core'

import type { ProviderContext } from './context.js'

/**
 * Reads what the token calls itself. It stands alone so that it can be loaded when a quote is asked for: of a
 * package imported that way, bundlers would keep everything.
 *
 * @param context - The provider.
 * @returns The token's decimals, name and symbol.
 */
export async function readMetadata({
  client,
  token,
}: Pick<ProviderContext, 'client' | 'token'>): Promise<getMetadata.ReturnType> {
  return getMetadata(client, { token })
}
