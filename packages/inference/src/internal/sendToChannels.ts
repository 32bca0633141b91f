import { type Call, type Mutability, send, type WriteClient } from '@aitoken/core/internal'
import type { ContractFunctionName, Hash } from 'viem'

import { channelReverts } from '../channel/reverts.js'
import { tokenErrors } from '../channel/tokenErrors.js'
import type { paymentChannelsAbi } from '../generated/paymentChannels.js'

/** Sends a call to the channels contract, and types its reverts and those of the token that it moves. */
export async function sendToChannels<
  functionName extends ContractFunctionName<typeof paymentChannelsAbi, Mutability>,
>(client: WriteClient, call: Call<typeof paymentChannelsAbi, functionName>): Promise<Hash> {
  return send(client, call, channelReverts, tokenErrors)
}
