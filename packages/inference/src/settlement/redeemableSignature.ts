import type { Address, Hex } from 'viem'

import { type Channel, signerOf } from '../channel/channel.js'
import { hashChannel } from '../channel/hashChannel.js'
import type { SignatureEngine } from '../signature/engine.js'
import { restoreParity } from '../signature/restoreParity.js'
import { hashVoucher } from '../voucher/hashVoucher.js'

/**
 * The voucher's signature as the contract takes it. A payee may hold one whose last byte nobody checked: see
 * {@link createVoucherVerifier}.
 */
export function redeemableSignature(parameters: redeemableSignature.Parameters): Hex {
  const { chainId, channel, channels, cumulativeAmount = 0n, engine, signature = '0x' } = parameters
  if (signature.length !== 132) return signature
  const channelId = hashChannel({ chainId, channel, channels, engine })
  const digest = hashVoucher({ chainId, channelId, channels, cumulativeAmount, engine })
  return restoreParity({ digest, engine, signature, signer: signerOf(channel) })
}

export declare namespace redeemableSignature {
  type Parameters = {
    chainId: number
    channel: Channel
    channels: Address
    cumulativeAmount?: bigint | undefined
    engine?: SignatureEngine | undefined
    signature?: Hex | undefined
  }
}
