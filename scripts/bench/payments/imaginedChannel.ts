import { type Channel, hashChannel, type SignatureEngine } from '@aitoken/inference'
import { type Address, numberToHex, zeroAddress } from 'viem'
import { anvil } from 'viem/chains'

import { bob, carol } from '../../../test/accounts.ts'

/** Base units in every channel that is imagined. */
export const deposit = 10n ** 20n

/** A channel that has a book and no deposit: to have very many of them. Bob pays Carol. */
export function imaginedChannel(
  index: number,
  { aiToken, engine, paymentChannels: channels }: imaginedChannel.Parameters,
) {
  const channel: Channel = {
    authorizedSigner: zeroAddress,
    payee: carol.address,
    payer: bob.address,
    salt: numberToHex(index + 1, { size: 32 }),
    token: aiToken,
  }
  return { channel, channelId: hashChannel({ chainId: anvil.id, channel, channels, engine }) }
}

export declare namespace imaginedChannel {
  type Parameters = { aiToken: Address; engine: SignatureEngine; paymentChannels: Address }
}
