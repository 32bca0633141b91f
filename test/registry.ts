import { confirm, coreActions, withDeployment } from '@aitoken/core'
import { channelActions, type Listing, readProviderId, registryActions } from '@aitoken/inference'
import {
  createTestClient,
  type Hash,
  http,
  maxUint256,
  type PrivateKeyAccount,
  parseEther,
  publicActions,
  walletActions,
} from 'viem'
import { anvil } from 'viem/chains'

import { alice, carol, deployment, rpcUrl } from './anvil.js'

/** A client that knows the deployed contracts and acts on providers and channels for an account. */
export function registryClientOf(account: PrivateKeyAccount) {
  return createTestClient({
    account,
    // A block number remembered from before a revert would be of a chain that is gone.
    cacheTime: 0,
    chain: withDeployment(anvil, deployment),
    mode: 'anvil',
    pollingInterval: 20,
    transport: http(rpcUrl),
  })
    .extend(publicActions)
    .extend(walletActions)
    .extend(coreActions())
    .extend(channelActions())
    .extend(registryActions())
}

/** Waits for a transaction that must succeed. */
export async function confirmed(hash: Hash | Promise<Hash>) {
  return confirm(registryClientOf(alice), { hash: await hash })
}

/** Gives an account a thousand tokens and lets the registry and the channels take them. */
export async function endow(account: PrivateKeyAccount): Promise<void> {
  const client = registryClientOf(account)
  await confirmed(registryClientOf(alice).ait.transfer({ amount: parseEther('1000'), to: account.address }))
  for (const spender of [deployment.providerRegistry, deployment.paymentChannels])
    await confirmed(client.ait.approve({ amount: maxUint256, spender }))
}

/** Registers a provider for an account that has tokens, and returns its id. */
export async function enlist(
  account: PrivateKeyAccount,
  changes: Partial<Listing> & { bond?: bigint } = {},
): Promise<bigint> {
  const { bond = parseEther('100'), ...listed } = changes
  const listing = {
    endpoint: 'https://carol.example',
    payee: carol.address,
    receiptSigner: carol.address,
    ...listed,
  }
  const { receipt } = await confirmed(registryClientOf(account).registry.registerProvider({ bond, listing }))
  return readProviderId({ logs: receipt.logs, owner: account.address, registry: deployment.providerRegistry })
}
