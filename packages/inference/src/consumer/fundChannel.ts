// From `internal` alone: a bundler keeps what the paying `fetch` needs apart from what writes to the chain.
import { awaitTransaction, call, read, send } from '@aitoken/core/internal'
import type { Abi, Address } from 'viem'

import type { ChannelRecord } from '../books/channelRecord.js'
import type { Channel } from '../channel/channel.js'
import { openChannel } from '../channel/openChannel.js'
import { openChannelWithAuthorization } from '../channel/openChannelWithAuthorization.js'
import { channelReverts } from '../channel/reverts.js'
import { signOpenAuthorization } from '../channel/signOpenAuthorization.js'
import { tokenErrors } from '../channel/tokenErrors.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import type { ConsumerContext } from './context.js'

/**
 * Opens a channel: in one transaction where the token takes ERC-3009 authorizations, and in two elsewhere.
 *
 * @param context - The consumer.
 * @param record - The channel as it is noted in the books. Its opening is confirmed when the promise resolves.
 */
export async function fundChannel(
  context: ConsumerContext,
  { channel, deposit }: Pick<ChannelRecord, 'channel' | 'deposit'>,
): Promise<void> {
  const { client, token } = context
  const hash = (await takesAuthorizations(context, token))
    ? await openWithAuthorization(context, channel, deposit)
    : await openWithAllowance(context, channel, deposit)
  const channelErrors = { abi: paymentChannelsAbi, reverts: channelReverts }
  await awaitTransaction(client, { hash, sources: [channelErrors, ...tokenErrors] })
}

async function openWithAuthorization(context: ConsumerContext, channel: Channel, deposit: bigint) {
  const { channels, client } = context
  const validBefore = BigInt(Math.floor(context.now() / 1000)) + 3600n
  const authorization = await signOpenAuthorization(client, { channel, channels, deposit, validBefore })
  return openChannelWithAuthorization(client, { authorization, channel, channels, deposit })
}

async function openWithAllowance(context: ConsumerContext, channel: Channel, deposit: bigint) {
  const { channels, client, token } = context
  const approval = call({ abi: tokenAbi, args: [channels, deposit], functionName: 'approve', to: token })
  await awaitTransaction(client, { hash: await send(client, approval), sources: tokenErrors })
  const { hash } = await openChannel(client, { ...channel, channels, deposit })
  return hash
}

/** Whether a token has what ERC-3009 needs: the state of authorizations, and a domain to sign for (ERC-5267). */
async function takesAuthorizations({ client }: ConsumerContext, token: Address): Promise<boolean> {
  const nonce = `0x${'00'.repeat(32)}` as const
  const args = [client.account.address, nonce] as const
  try {
    await Promise.all([
      read(client, { abi: tokenAbi, address: token, args, functionName: 'authorizationState' }),
      read(client, { abi: tokenAbi, address: token, args: [], functionName: 'eip712Domain' }),
    ])
    return true
  } catch {
    // A token without these functions is approved instead; if the node is down, that fails and says so.
    return false
  }
}

/** What opening asks of a token: ERC-20's `approve`, ERC-3009's state and ERC-5267's domain. */
const tokenAbi = [
  {
    inputs: [
      { name: 'spender', type: 'address' },
      { name: 'amount', type: 'uint256' },
    ],
    name: 'approve',
    outputs: [{ name: 'approved', type: 'bool' }],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      { name: 'authorizer', type: 'address' },
      { name: 'nonce', type: 'bytes32' },
    ],
    name: 'authorizationState',
    outputs: [{ name: 'used', type: 'bool' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'eip712Domain',
    outputs: [
      { name: 'fields', type: 'bytes1' },
      { name: 'name', type: 'string' },
      { name: 'version', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' },
      { name: 'salt', type: 'bytes32' },
      { name: 'extensions', type: 'uint256[]' },
    ],
    stateMutability: 'view',
    type: 'function',
  },
] as const satisfies Abi
