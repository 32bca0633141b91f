import { type Bound, bind, type ReadClient, type WriteClient } from '@aitoken/core/internal'

import * as closeChannel from '../channel/closeChannel.js'
import * as closeChannelWithStatement from '../channel/closeChannelWithStatement.js'
import * as getChannel from '../channel/getChannel.js'
import * as getChannels from '../channel/getChannels.js'
import * as getLimits from '../channel/getLimits.js'
import * as openChannel from '../channel/openChannel.js'
import * as openChannelWithAuthorization from '../channel/openChannelWithAuthorization.js'
import * as openChannelWithPermit from '../channel/openChannelWithPermit.js'
import * as openChannelWithPermit2 from '../channel/openChannelWithPermit2.js'
import * as requestClose from '../channel/requestClose.js'
import * as signOpenAuthorization from '../channel/signOpenAuthorization.js'
import * as signOpenConsent from '../channel/signOpenConsent.js'
import * as signOpenPermit2 from '../channel/signOpenPermit2.js'
import * as signPermitForChannels from '../channel/signPermitForChannels.js'
import * as signTopUpAuthorization from '../channel/signTopUpAuthorization.js'
import * as signTopUpConsent from '../channel/signTopUpConsent.js'
import * as signTopUpPermit2 from '../channel/signTopUpPermit2.js'
import * as topUpChannel from '../channel/topUpChannel.js'
import * as topUpChannelWithAuthorization from '../channel/topUpChannelWithAuthorization.js'
import * as topUpChannelWithPermit from '../channel/topUpChannelWithPermit.js'
import * as topUpChannelWithPermit2 from '../channel/topUpChannelWithPermit2.js'
import * as withdrawFromChannel from '../channel/withdrawFromChannel.js'
import * as getFee from '../fee/getFee.js'
import * as getFeeAuthority from '../fee/getFeeAuthority.js'
import * as setFee from '../fee/setFee.js'
import * as setFeeAuthority from '../fee/setFeeAuthority.js'
import * as getChannelEvents from '../history/getChannelEvents.js'
import * as rebuildChannels from '../history/rebuildChannels.js'
import * as watchChannels from '../history/watchChannels.js'
import * as getSession from '../session/getSession.js'
import * as openChannelWithSession from '../session/openChannelWithSession.js'
import * as openChannelWithSignature from '../session/openChannelWithSignature.js'
import * as revokeSession from '../session/revokeSession.js'
import * as setSession from '../session/setSession.js'
import * as signOpenFromVault from '../session/signOpenFromVault.js'
import * as topUpChannelWithSession from '../session/topUpChannelWithSession.js'
import * as isOperator from '../settlement/isOperator.js'
import * as setOperator from '../settlement/setOperator.js'
import * as settleChannel from '../settlement/settleChannel.js'
import * as settleChannels from '../settlement/settleChannels.js'
import * as settleStream from '../stream/settleStream.js'
import * as depositToVault from '../vault/depositToVault.js'
import * as depositToVaultWithAuthorization from '../vault/depositToVaultWithAuthorization.js'
import * as getVaultBalance from '../vault/getVaultBalance.js'
import * as openChannelFromVault from '../vault/openChannelFromVault.js'
import * as signDepositAuthorization from '../vault/signDepositAuthorization.js'
import * as topUpChannelFromVault from '../vault/topUpChannelFromVault.js'
import * as withdrawFromVault from '../vault/withdrawFromVault.js'

type Modules = typeof closeChannel &
  typeof closeChannelWithStatement &
  typeof depositToVault &
  typeof depositToVaultWithAuthorization &
  typeof getChannel &
  typeof getChannelEvents &
  typeof getChannels &
  typeof getFee &
  typeof getFeeAuthority &
  typeof getLimits &
  typeof getSession &
  typeof getVaultBalance &
  typeof isOperator &
  typeof openChannel &
  typeof openChannelFromVault &
  typeof openChannelWithAuthorization &
  typeof openChannelWithPermit &
  typeof openChannelWithPermit2 &
  typeof openChannelWithSession &
  typeof openChannelWithSignature &
  typeof rebuildChannels &
  typeof requestClose &
  typeof revokeSession &
  typeof setFee &
  typeof setFeeAuthority &
  typeof setOperator &
  typeof setSession &
  typeof settleChannel &
  typeof settleChannels &
  typeof settleStream &
  typeof signDepositAuthorization &
  typeof signOpenAuthorization &
  typeof signOpenConsent &
  typeof signOpenFromVault &
  typeof signOpenPermit2 &
  typeof signPermitForChannels &
  typeof signTopUpAuthorization &
  typeof signTopUpConsent &
  typeof signTopUpPermit2 &
  typeof topUpChannel &
  typeof topUpChannelFromVault &
  typeof topUpChannelWithAuthorization &
  typeof topUpChannelWithPermit &
  typeof topUpChannelWithPermit2 &
  typeof topUpChannelWithSession &
  typeof watchChannels &
  typeof withdrawFromChannel &
  typeof withdrawFromVault

/** What {@link channelActions} adds to a client: every action of the channels, writes only where it has an account. */
export type ChannelActions<client = WriteClient> = { channels: Bound<Modules, client> }

/**
 * Adds `client.channels.*` to a viem client: every action on channels, vaults, sessions and settlements, with the
 * client given. It brings all of them into the bundle; import single actions where size counts.
 *
 * @returns What `client.extend` takes.
 *
 * @example
 * ```ts
 * import { channelActions } from '@aitoken/inference'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() }).extend(channelActions())
 * export const limits = client.channels.getLimits()
 * ```
 */
export function channelActions(): <client extends ReadClient>(client: client) => ChannelActions<client> {
  return (client) => ({
    channels: bind(client, {
      ...closeChannel,
      ...closeChannelWithStatement,
      ...depositToVault,
      ...depositToVaultWithAuthorization,
      ...getChannel,
      ...getChannelEvents,
      ...getChannels,
      ...getFee,
      ...getFeeAuthority,
      ...getLimits,
      ...getSession,
      ...getVaultBalance,
      ...isOperator,
      ...openChannel,
      ...openChannelFromVault,
      ...openChannelWithAuthorization,
      ...openChannelWithPermit,
      ...openChannelWithPermit2,
      ...openChannelWithSession,
      ...openChannelWithSignature,
      ...rebuildChannels,
      ...requestClose,
      ...revokeSession,
      ...setFee,
      ...setFeeAuthority,
      ...setOperator,
      ...setSession,
      ...settleChannel,
      ...settleChannels,
      ...settleStream,
      ...signDepositAuthorization,
      ...signOpenAuthorization,
      ...signOpenConsent,
      ...signOpenFromVault,
      ...signOpenPermit2,
      ...signPermitForChannels,
      ...signTopUpAuthorization,
      ...signTopUpConsent,
      ...signTopUpPermit2,
      ...topUpChannel,
      ...topUpChannelFromVault,
      ...topUpChannelWithAuthorization,
      ...topUpChannelWithPermit,
      ...topUpChannelWithPermit2,
      ...topUpChannelWithSession,
      ...watchChannels,
      ...withdrawFromChannel,
      ...withdrawFromVault,
    }),
  })
}
