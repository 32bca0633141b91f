import { approve, confirm, transfer } from '@aitoken/core'
import {
  type Channel,
  encodePayment,
  hashPriceTable,
  openChannel,
  type Provider,
  signVoucher,
  type VoucherPayment,
} from '@aitoken/inference'
import { type Hex, type LocalAccount, parseEther } from 'viem'

import { bob, carol, client, clientOf, deployment } from './anvil.js'

const { aiToken: token, paymentChannels: channels } = deployment

/** A payer that writes its headers by hand, and so can write wrong ones. */
export async function openPayer(provider: Provider, deposit = parseEther('1')) {
  const wallet = clientOf(bob)
  await confirm(client, { hash: await transfer(client, { amount: deposit, to: bob.address, token }) })
  await confirm(wallet, { hash: await approve(wallet, { amount: deposit, spender: channels, token }) })
  const { channel, channelId, hash } = await openChannel(wallet, {
    channels,
    deposit,
    payee: carol.address,
    token,
  })
  await confirm(wallet, { hash })
  const { priceTable: table } = await provider.quote()
  const chainId = client.chain.id
  const priceTag: Hex = `0x${hashPriceTable({ chainId, channels, table }).slice(2, 18)}`

  /** An `AI-Payment` header, by default a good one. */
  const pay = async (cumulativeAmount: bigint, changes: Changes = {}): Promise<string> => {
    const { signed, signer = bob, ...payment } = changes
    const voucher = { chainId, channelId, channels, cumulativeAmount, ...signed }
    const signature = await signVoucher(signer, voucher)
    return encodePayment({
      channelId,
      cumulativeAmount,
      descriptor: channel,
      priceTag,
      signature,
      ...payment,
    })
  }
  return { channel, channelId, deposit, pay, priceTag }
}

type Changes = Partial<VoucherPayment> & {
  /** What is signed instead of what is sent. */
  signed?: { chainId?: number; channelId?: Hex; channels?: Channel['token']; cumulativeAmount?: bigint }
  signer?: LocalAccount
}
