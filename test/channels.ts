import { readFileSync } from 'node:fs'
import { confirm, coreActions, withDeployment } from '@aitoken/core'
import { channelActions } from '@aitoken/inference'
import {
  createTestClient,
  type Hash,
  type Hex,
  http,
  maxUint256,
  type PrivateKeyAccount,
  parseEther,
  publicActions,
  walletActions,
} from 'viem'
import { anvil } from 'viem/chains'

import { alice, bob, deployment, rpcUrl } from './anvil.js'

/** A client that knows the deployed contracts and acts on channels for an account. */
export function channelClientOf(account: PrivateKeyAccount) {
  return createTestClient({
    account,
    chain: withDeployment(anvil, deployment),
    mode: 'anvil',
    pollingInterval: 20,
    transport: http(rpcUrl),
  })
    .extend(publicActions)
    .extend(walletActions)
    .extend(coreActions())
    .extend(channelActions())
}

/** Waits for a transaction that must succeed. */
export async function mined(hash: Hash | { hash: Hash } | Promise<Hash | { hash: Hash }>) {
  const sent = await hash
  return confirm(channelClientOf(alice), { hash: typeof sent === 'string' ? sent : sent.hash })
}

/** Gives an account a thousand tokens and lets the channels contract take them. */
export async function fund(account: PrivateKeyAccount = bob): Promise<void> {
  await mined(channelClientOf(alice).ait.transfer({ amount: parseEther('1000'), to: account.address }))
  const spender = deployment.paymentChannels
  await mined(channelClientOf(account).ait.approve({ amount: maxUint256, spender }))
}

/**
 * The canonical Permit2. The published code remembers the domain of the chain 31337 of Uniswap's own tests; with
 * another chain in that place it computes the domain of this one, as it does on every chain but its first.
 */
export function permit2Code(): Hex {
  const path = '../contracts/node_modules/@uniswap/v4-periphery/lib/permit2/test/utils/DeployPermit2.sol'
  const source = readFileSync(new URL(path, import.meta.url), 'utf8')
  const code = /hex"([0-9a-f]+)"/.exec(source)?.[1]
  if (!code) throw new Error('No bytecode of Permit2 was found in @uniswap/v4-periphery.')
  const remembered = (chainId: string) => `467f${chainId.padStart(64, '0')}`
  return `0x${code.replace(remembered('7a69'), remembered('01'))}`
}
