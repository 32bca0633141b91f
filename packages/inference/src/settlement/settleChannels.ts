import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'
import type { SignatureEngine } from '../signature/engine.js'
import { packSettlements } from './packSettlements.js'
import { redeemableSignature } from './redeemableSignature.js'
import type { Settlement } from './settlement.js'

/**
 * Builds the call that settles many channels, without sending it.
 *
 * @param parameters - {@link settleChannels.Parameters}, with `channels` and `chainId` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 * @throws {@link SignatureMalformedError} when a signature is not 65 bytes of ECDSA.
 *
 * @example
 * ```ts
 * import { type Settlement, settleChannelsCall } from '@aitoken/inference'
 *
 * export const callOf = (settlements: readonly Settlement[], channels: `0x${string}`) =>
 *   settleChannelsCall({ chainId: 8453, channels, settlements })
 * ```
 */
export function settleChannelsCall(
  parameters: settleChannelsCall.Parameters,
): Call<typeof paymentChannelsAbi, 'settleMany'> {
  const { chainId, channels, engine, settlements } = parameters
  const redeemable = settlements.map((settlement) => ({
    ...settlement,
    signature: redeemableSignature({ ...settlement, chainId, channels, engine }),
  }))
  return call({
    abi: paymentChannelsAbi,
    args: [packSettlements(redeemable)],
    functionName: 'settleMany',
    to: channels,
  })
}

export declare namespace settleChannelsCall {
  type Parameters = settleChannels.Parameters & {
    /** Chain the vouchers were signed for. */
    chainId: number
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType | packSettlements.ErrorType
}

/**
 * Settles many channels in one transaction and pays each payee and token once. A row that cannot be paid is left
 * out and never stops the others: {@link readSettlements} tells which. About 1,000 channels fit.
 *
 * @param client - Client with an account: the payee or its operator.
 * @param parameters - {@link settleChannels.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link NotPayeeError} when the client's account is neither payee nor operator of all channels.
 * @throws {@link SignatureMalformedError} when a signature is not 65 bytes of ECDSA.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Settlement, settleChannels } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, settlements: readonly Settlement[]) =>
 *   settleChannels(client, { settlements })
 * ```
 */
export async function settleChannels(
  client: WriteClient,
  parameters: settleChannels.Parameters,
): Promise<settleChannels.ReturnType> {
  const { chainId = client.chain.id, channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, settleChannelsCall({ ...parameters, chainId, channels }))
}

export declare namespace settleChannels {
  type Parameters = {
    /** Chain the vouchers were signed for. @default the client's */
    chainId?: number | undefined
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** What checks the signatures. @default the pure JavaScript engine */
    engine?: SignatureEngine | undefined
    /** What to settle, amounts in base units. */
    settlements: readonly Settlement[]
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | send.ErrorType<typeof channelReverts, 'ChannelsNotPayee' | 'ChannelsRowsTruncated'>
    | settleChannelsCall.ErrorType
}
