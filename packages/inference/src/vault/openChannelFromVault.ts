import { accountOf, addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import { type Address, type Hash, type Hex, zeroAddress } from 'viem'

import type { Channel } from '../channel/channel.js'
import { createSalt } from '../channel/createSalt.js'
import { hashChannel } from '../channel/hashChannel.js'
import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'

/**
 * Builds the call that opens a channel from the account's vault, without sending it.
 *
 * @param parameters - {@link openChannelFromVault.Parameters}, with `channels`, `salt` and `token` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { createSalt, openChannelFromVaultCall } from '@aitoken/inference'
 *
 * export const call = openChannelFromVaultCall({
 *   channels: '0x0000000000000000000000000000000000000001',
 *   deposit: 1_000_000n,
 *   payee: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   salt: createSalt(),
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function openChannelFromVaultCall(
  parameters: openChannelFromVaultCall.Parameters,
): Call<typeof paymentChannelsAbi, 'openFromVault'> {
  const { authorizedSigner = zeroAddress, channels, deposit, payee, salt, token } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [payee, token, deposit, salt, authorizedSigner],
    functionName: 'openFromVault',
    to: channels,
  })
}

export declare namespace openChannelFromVaultCall {
  type Parameters = openChannelFromVault.Parameters & {
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
 * Opens a channel from the account's vault. What is left when it closes returns to the vault.
 *
 * @param client - Client with an account: the payer.
 * @param parameters - {@link openChannelFromVault.Parameters}
 * @returns Hash of the submitted transaction, and the channel with its id: keep the channel, every later action
 * takes it.
 * @throws {@link VaultInsufficientError} when the vault does not hold enough.
 * @throws {@link ChannelExistsError} when a channel with the same descriptor was opened before.
 * @throws {@link AddressRoleError} when `payee` is the zero address.
 * @throws {@link AmountZeroError} when the deposit is zero.
 * @throws {@link AmountTooLargeError} when the deposit does not fit into 96 bits.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { openChannelFromVault } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, payee: `0x${string}`) =>
 *   openChannelFromVault(client, { deposit: 1_000_000n, payee })
 * ```
 */
export async function openChannelFromVault(
  client: WriteClient,
  parameters: openChannelFromVault.Parameters,
): Promise<openChannelFromVault.ReturnType> {
  const {
    authorizedSigner = zeroAddress,
    channels = addressOf(client, 'paymentChannels'),
    payee,
    salt = createSalt(),
    token = addressOf(client, 'aiToken'),
  } = parameters
  const { address: payer } = accountOf(client, 'openChannelFromVault')
  const channel = { authorizedSigner, payee, payer, salt, token }
  const channelId = hashChannel({ chainId: client.chain.id, channel, channels })
  const hash = await sendToChannels(
    client,
    openChannelFromVaultCall({ ...parameters, channels, salt, token }),
  )
  return { channel, channelId, hash }
}

export declare namespace openChannelFromVault {
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
    | openChannelFromVaultCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsAddressInvalid'
        | 'ChannelsAlreadyOpened'
        | 'ChannelsAmountTooLarge'
        | 'ChannelsAmountZero'
        | 'ChannelsVaultInsufficient'
      >
}
