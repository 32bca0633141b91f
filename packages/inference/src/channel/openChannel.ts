import { accountOf, addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import { type Address, type Hash, type Hex, zeroAddress } from 'viem'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'
import type { Channel } from './channel.js'
import { createSalt } from './createSalt.js'
import { hashChannel } from './hashChannel.js'
import type { channelReverts } from './reverts.js'

/**
 * Builds the call that opens a channel from the account's allowance, without sending it.
 *
 * @param parameters - {@link openChannel.Parameters}, with `channels`, `salt` and `token` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { createSalt, openChannelCall } from '@aitoken/inference'
 *
 * export const call = openChannelCall({
 *   channels: '0x0000000000000000000000000000000000000001',
 *   deposit: 1_000_000n,
 *   payee: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   salt: createSalt(),
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function openChannelCall(
  parameters: openChannelCall.Parameters,
): Call<typeof paymentChannelsAbi, 'open'> {
  const { authorizedSigner = zeroAddress, channels, deposit, payee, salt, token } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [payee, token, deposit, salt, authorizedSigner],
    functionName: 'open',
    to: channels,
  })
}

export declare namespace openChannelCall {
  type Parameters = openChannel.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
    /** Tells channels between the same parties apart, 32 bytes. */
    salt: Hex
    /** The ERC-20 token. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Opens a channel from the account's allowance. Approve the channels contract first, or use {@link openChannelWithAuthorization}.
 *
 * @param client - Client with an account: the payer.
 * @param parameters - {@link openChannel.Parameters}
 * @returns Hash of the submitted transaction, and the channel with its id: keep the channel, every later action
 * takes it.
 * @throws {@link ChannelExistsError} when a channel with the same descriptor was opened before.
 * @throws `InsufficientAllowanceError` when the channels contract may not spend as much.
 * @throws `InsufficientBalanceError` when the account holds less.
 * @throws {@link AddressRoleError} when `payee` is the zero address.
 * @throws {@link TokenMissingError} when there is no token at the address.
 * @throws {@link AmountZeroError} when the deposit is zero.
 * @throws {@link AmountTooLargeError} when the deposit does not fit into 96 bits.
 * @throws {@link DepositMismatchError} when the token takes a fee on transfer.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { openChannel } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, payee: `0x${string}`) =>
 *   openChannel(client, { deposit: 1_000_000n, payee })
 * ```
 */
export async function openChannel(
  client: WriteClient,
  parameters: openChannel.Parameters,
): Promise<openChannel.ReturnType> {
  const {
    authorizedSigner = zeroAddress,
    channels = addressOf(client, 'paymentChannels'),
    payee,
    salt = createSalt(),
    token = addressOf(client, 'aiToken'),
  } = parameters
  const { address: payer } = accountOf(client, 'openChannel')
  const channel = { authorizedSigner, payee, payer, salt, token }
  const channelId = hashChannel({ chainId: client.chain.id, channel, channels })
  const hash = await sendToChannels(client, openChannelCall({ ...parameters, channels, salt, token }))
  return { channel, channelId, hash }
}

export declare namespace openChannel {
  type Parameters = {
    /** Key that signs vouchers. @default the payer */
    authorizedSigner?: Address | undefined
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Base units to put in; less than 2^96. */
    deposit: bigint
    /** Who is paid. */
    payee: Address
    /** Tells channels between the same parties apart, 32 bytes. @default random */
    salt?: Hex | undefined
    /** The ERC-20 token. @default AIT on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = {
    /** The channel. */
    channel: Channel
    /** Its id. */
    channelId: Hash
    /** Hash of the submitted transaction. */
    hash: Hash
  }
  type ErrorType =
    | addressOf.ErrorType
    | hashChannel.ErrorType
    | openChannelCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsAddressInvalid'
        | 'ChannelsAlreadyOpened'
        | 'ChannelsAmountTooLarge'
        | 'ChannelsAmountZero'
        | 'ChannelsDepositMismatch'
        | 'ChannelsTokenInvalid'
        | 'SafeERC20FailedOperation'
      >
}
