import { createAitoken } from '@aitoken/core'
import { deployAitoken } from '@aitoken/core/deploy'
import { privateKeyToSigner } from '@aitoken/inference'
import { type Hex, http } from 'viem'
import { anvil } from 'viem/chains'

import { keys } from '../../test/accounts.js'
import { startChain } from './startChain.js'

/** Starts a chain of one's own with the whole system on it; Alice holds the supply. */
export async function startSystem({ supply }: { supply: bigint }) {
  const { rpcUrl, stop } = await startChain()
  const transport = http(rpcUrl)
  const clientOf = (key: Hex, deployment = {}) =>
    createAitoken({
      account: privateKeyToSigner(key),
      chain: anvil,
      deployment,
      pollingInterval: 20,
      transport,
    })
  const { contracts } = await deployAitoken(clientOf(keys.alice), { token: { supply } })
  return {
    contracts,
    /** A client that acts for one of anvil's accounts. */
    clientOf: (name: keyof typeof keys) => clientOf(keys[name], contracts),
    stop,
  }
}
