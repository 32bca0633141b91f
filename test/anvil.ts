import { createTestClient, type Hex, http, type PrivateKeyAccount, publicActions, walletActions } from 'viem'
import { anvil } from 'viem/chains'
import { afterEach, beforeEach, inject } from 'vitest'

import { alice } from './accounts.js'

export { alice, bob, carol, dave, keys, mallory } from './accounts.js'

/** This worker's own chain: a fork of the origin on which the whole system is deployed. */
export const rpcUrl = `${inject('rpcUrl')}/${process.env.VITEST_POOL_ID ?? '1'}`

/** Addresses of the deployed contracts. */
export const deployment = inject('deployment')

/** A client of this worker's chain that acts for an account. */
export function clientOf(account: PrivateKeyAccount) {
  return createTestClient({
    account,
    // A block number remembered from before a revert would be of a chain that is gone.
    cacheTime: 0,
    chain: anvil,
    mode: 'anvil',
    pollingInterval: 20,
    transport: http(rpcUrl),
  })
    .extend(publicActions)
    .extend(walletActions)
}

/** Alice's client: she deployed the system and holds the supply. */
export const client = clientOf(alice)

/** Leaves no trace: whatever a test does to the chain is undone after it. */
export function isolate(): void {
  let id: Hex
  beforeEach(async () => {
    id = await client.snapshot()
  })
  afterEach(async () => {
    await client.revert({ id })
  })
}
