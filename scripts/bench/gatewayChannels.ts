import { approve, confirm, createAitoken } from '@aitoken/core'
import { deployAitoken } from '@aitoken/core/deploy'
import { channelActions, createVoucherSigner, loadEngine, privateKeyToSigner } from '@aitoken/inference'
import { type Address, type Hex, http } from 'viem'
import { anvil } from 'viem/chains'

import { carol, keys } from '../../test/accounts.ts'

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
  const options = { account: signer, chain: anvil, pollingInterval: 10, transport: http(rpcUrl) }
  const payer = createAitoken(options).extend(channelActions())
  const supply = 10n ** 24n
  const { contracts } = await deployAitoken(payer, { token: { holder: signer.address, supply } })
  const { aiToken: token, paymentChannels: channels } = contracts
  await confirm(payer, { hash: await approve(payer, { amount: supply, spender: channels, token }) })
  const sign = createVoucherSigner({ chainId: anvil.id, channels, signer })
  const wallets: Wallet[] = []
  for (let index = 0; index < count; index++) {
    const deposit = 10n ** 20n
    const { channel, channelId, hash } = await payer.channels.openChannel({
      channels,
      deposit,
      payee: carol.address,
      token,
    })
    await confirm(payer, { hash })
    wallets.push({ channelId, descriptor: channel, sign, signed: 0n })
  }
  return { contracts, wallets }
}
