import { approve, confirm, createAitoken } from '@aitoken/core'
import { deployAitoken } from '@aitoken/core/deploy'
import { channelActions, createVoucherSigner, loadEngine, privateKeyToSigner } from '@aitoken/inference'
import { type Address, createNonceManager, type Hex, http } from 'viem'
import { anvil } from 'viem/chains'
import { jsonRpc } from 'viem/nonce'

import { carol, keys } from '../../../test/accounts.ts'

/** A channel, and what was signed on it. */
export type Wallet = {
  channelId: Hex
  descriptor: { authorizedSigner: Address; payer: Address; salt: Hex } | undefined
  sign: ReturnType<typeof createVoucherSigner>
  signed: bigint
}

/** Deploys the system, and opens so many channels. */
export async function openChannels(rpcUrl: string, count: number) {
  const signer = privateKeyToSigner(keys.bob, { engine: await loadEngine() })
  // Nonces are counted here, so that transactions need not wait for each other.
  const account = { ...signer, nonceManager: createNonceManager({ source: jsonRpc() }) }
  const options = { account, chain: anvil, pollingInterval: 10, transport: http(rpcUrl) }
  const payer = createAitoken(options).extend(channelActions())
  const supply = 10n ** 24n
  const { contracts } = await deployAitoken(payer, { token: { holder: signer.address, supply } })
  const { aiToken: token, paymentChannels: channels } = contracts
  await confirm(payer, { hash: await approve(payer, { amount: supply, spender: channels, token }) })
  const sign = createVoucherSigner({ chainId: anvil.id, channels, signer })
  const deposit = 10n ** 20n
  const open = async (): Promise<Wallet> => {
    const { channel, channelId, hash } = await payer.channels.openChannel({
      channels,
      deposit,
      payee: carol.address,
      token,
    })
    await confirm(payer, { hash })
    return { channelId, descriptor: channel, sign, signed: 0n }
  }
  const wallets: Wallet[] = []
  while (wallets.length < count)
    wallets.push(...(await Promise.all(Array.from({ length: Math.min(32, count - wallets.length) }, open))))
  return { contracts, wallets }
}
