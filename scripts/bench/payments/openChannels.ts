import { approve, confirm, createAitoken } from '@aitoken/core'
import { deployAitoken } from '@aitoken/core/deploy'
import {
  channelActions,
  createVoucherSigner,
  loadEngine,
  privateKeyToSigner,
  type Signer,
} from '@aitoken/inference'
import { type Address, type Hex, http } from 'viem'
import { anvil } from 'viem/chains'

import { carol, keys } from '../../../test/accounts.ts'

/** A channel, and what was signed on it. */
export type Wallet = {
  readonly channelId: Hex
  readonly channels: Address
  /** What a provider that never saw the channel needs; undefined when it was sent. */
  descriptor: { authorizedSigner: Address; payer: Address; salt: Hex } | undefined
  readonly sign: ReturnType<typeof createVoucherSigner>
  signed: bigint
  readonly signer: Signer
}

/** Deploys the system, and lets Bob open channels with Carol. */
export async function createOpener(rpcUrl: string) {
  const signer = privateKeyToSigner(keys.bob, { engine: await loadEngine() })
  const options = { account: signer, chain: anvil, pollingInterval: 10, transport: http(rpcUrl) }
  const payer = createAitoken(options).extend(channelActions())
  const supply = 10n ** 24n
  const { contracts } = await deployAitoken(payer, { token: { holder: signer.address, supply } })
  const { aiToken: token, paymentChannels: channels } = contracts
  await confirm(payer, { hash: await approve(payer, { amount: supply, spender: channels, token }) })
  const sign = createVoucherSigner({ chainId: anvil.id, channels, signer })
  const deposit = 10n ** 20n
  const open = async () => {
    const parameters = { channels, deposit, payee: carol.address, token }
    const { channel, channelId, hash } = await payer.channels.openChannel(parameters)
    const wallet: Wallet = { channelId, channels, descriptor: channel, sign, signed: 0n, signer }
    return { hash, wallet }
  }
  return {
    contracts,
    /** Opens so many channels. */
    async open(count: number): Promise<readonly Wallet[]> {
      const wallets: Wallet[] = []
      let last: Hex | undefined
      while (wallets.length < count) {
        const { hash, wallet } = await open()
        wallets.push(wallet)
        last = hash
      }
      // This chain includes what it is sent at once, so the last is the last.
      if (last) await confirm(payer, { hash: last })
      return wallets
    },
    signer,
  }
}
