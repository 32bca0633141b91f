import { type Bound, bind, type ReadClient, type WriteClient } from '@aitoken/core/internal'

import * as acceptProvider from '../registry/acceptProvider.js'
import * as bondProvider from '../registry/bondProvider.js'
import * as deregisterProvider from '../registry/deregisterProvider.js'
import * as getProvider from '../registry/getProvider.js'
import * as getProviderCount from '../registry/getProviderCount.js'
import * as getProviderEvents from '../registry/getProviderEvents.js'
import * as getRegistryTerms from '../registry/getRegistryTerms.js'
import * as getSignerTerm from '../registry/getSignerTerm.js'
import * as getSlashAuthority from '../registry/getSlashAuthority.js'
import * as isAccountable from '../registry/isAccountable.js'
import * as isReceiptSigner from '../registry/isReceiptSigner.js'
import * as listProviders from '../registry/listProviders.js'
import * as offerProvider from '../registry/offerProvider.js'
import * as registerProvider from '../registry/registerProvider.js'
import * as setSlashAuthority from '../registry/setSlashAuthority.js'
import * as slashProvider from '../registry/slashProvider.js'
import * as slashWithProof from '../registry/slashWithProof.js'
import * as unbondProvider from '../registry/unbondProvider.js'
import * as updateProvider from '../registry/updateProvider.js'
import * as wasPayee from '../registry/wasPayee.js'
import * as watchProviders from '../registry/watchProviders.js'
import * as withdrawBond from '../registry/withdrawBond.js'

type Modules = typeof acceptProvider &
  typeof bondProvider &
  typeof deregisterProvider &
  typeof getProvider &
  typeof getProviderCount &
  typeof getProviderEvents &
  typeof getRegistryTerms &
  typeof getSignerTerm &
  typeof getSlashAuthority &
  typeof isAccountable &
  typeof isReceiptSigner &
  typeof listProviders &
  typeof offerProvider &
  typeof registerProvider &
  typeof setSlashAuthority &
  typeof slashProvider &
  typeof slashWithProof &
  typeof unbondProvider &
  typeof updateProvider &
  typeof wasPayee &
  typeof watchProviders &
  typeof withdrawBond

/** What {@link registryActions} adds to a client: every action of the registry, writes only where it has an account. */
export type RegistryActions<client = WriteClient> = { registry: Bound<Modules, client> }

/**
 * Adds `client.registry.*` to a viem client: every action on providers and their bonds, with the client given.
 *
 * @returns What `client.extend` takes.
 *
 * @example
 * ```ts
 * import { registryActions } from '@aitoken/inference'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() }).extend(registryActions())
 * export const provider = client.registry.getProvider({ id: 7n })
 * ```
 */
export function registryActions(): <client extends ReadClient>(client: client) => RegistryActions<client> {
  return (client) => ({
    registry: bind(client, {
      ...acceptProvider,
      ...bondProvider,
      ...deregisterProvider,
      ...getProvider,
      ...getProviderCount,
      ...getProviderEvents,
      ...getRegistryTerms,
      ...getSignerTerm,
      ...getSlashAuthority,
      ...isAccountable,
      ...isReceiptSigner,
      ...listProviders,
      ...offerProvider,
      ...registerProvider,
      ...setSlashAuthority,
      ...slashProvider,
      ...slashWithProof,
      ...unbondProvider,
      ...updateProvider,
      ...wasPayee,
      ...watchProviders,
      ...withdrawBond,
    }),
  })
}
