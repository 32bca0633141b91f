import * as cancelAuthorization from '../authorization/cancelAuthorization.js'
import * as getAuthorizationState from '../authorization/getAuthorizationState.js'
import * as receiveWithAuthorization from '../authorization/receiveWithAuthorization.js'
import * as signAuthorizationCancellation from '../authorization/signAuthorizationCancellation.js'
import * as signReceiveAuthorization from '../authorization/signReceiveAuthorization.js'
import * as signTransferAuthorization from '../authorization/signTransferAuthorization.js'
import * as transferWithAuthorization from '../authorization/transferWithAuthorization.js'
import * as sendCalls from '../batch/sendCalls.js'
import * as crosschainBurn from '../bridge/crosschainBurn.js'
import * as crosschainMint from '../bridge/crosschainMint.js'
import * as getBridgeAvailable from '../bridge/getBridgeAvailable.js'
import * as getBridgeLimits from '../bridge/getBridgeLimits.js'
import * as setBridgeLimits from '../bridge/setBridgeLimits.js'
import * as confirm from '../call/confirm.js'
import type { ReadClient, WriteClient } from '../internal/client.js'
import * as getDomain from '../permit/getDomain.js'
import * as getNonce from '../permit/getNonce.js'
import * as permit from '../permit/permit.js'
import * as signPermit from '../permit/signPermit.js'
import * as simulate from '../simulation/simulate.js'
import * as approve from '../token/approve.js'
import * as approveAndCall from '../token/approveAndCall.js'
import * as burn from '../token/burn.js'
import * as burnFrom from '../token/burnFrom.js'
import * as getAllowance from '../token/getAllowance.js'
import * as getApprovals from '../token/getApprovals.js'
import * as getAuthority from '../token/getAuthority.js'
import * as getBalance from '../token/getBalance.js'
import * as getCap from '../token/getCap.js'
import * as getMetadata from '../token/getMetadata.js'
import * as getTotalSupply from '../token/getTotalSupply.js'
import * as getTransfers from '../token/getTransfers.js'
import * as mint from '../token/mint.js'
import * as setAuthority from '../token/setAuthority.js'
import * as streamApprovals from '../token/streamApprovals.js'
import * as streamTransfers from '../token/streamTransfers.js'
import * as supportsInterface from '../token/supportsInterface.js'
import * as transfer from '../token/transfer.js'
import * as transferAndCall from '../token/transferAndCall.js'
import * as transferFrom from '../token/transferFrom.js'
import * as transferFromAndCall from '../token/transferFromAndCall.js'
import * as watchApprovals from '../token/watchApprovals.js'
import * as watchTransfers from '../token/watchTransfers.js'
import * as delegate from '../votes/delegate.js'
import * as delegateBySig from '../votes/delegateBySig.js'
import * as getCheckpoint from '../votes/getCheckpoint.js'
import * as getCheckpointCount from '../votes/getCheckpointCount.js'
import * as getClock from '../votes/getClock.js'
import * as getClockMode from '../votes/getClockMode.js'
import * as getDelegate from '../votes/getDelegate.js'
import * as getPastTotalSupply from '../votes/getPastTotalSupply.js'
import * as getPastVotes from '../votes/getPastVotes.js'
import * as getVotes from '../votes/getVotes.js'
import * as signDelegation from '../votes/signDelegation.js'
import { type Bound, bind } from './bind.js'

type Modules = typeof approve &
  typeof approveAndCall &
  typeof burn &
  typeof burnFrom &
  typeof cancelAuthorization &
  typeof confirm &
  typeof crosschainBurn &
  typeof crosschainMint &
  typeof delegate &
  typeof delegateBySig &
  typeof getAllowance &
  typeof getApprovals &
  typeof getAuthority &
  typeof getAuthorizationState &
  typeof getBalance &
  typeof getBridgeAvailable &
  typeof getBridgeLimits &
  typeof getCap &
  typeof getCheckpoint &
  typeof getCheckpointCount &
  typeof getClock &
  typeof getClockMode &
  typeof getDelegate &
  typeof getDomain &
  typeof getMetadata &
  typeof getNonce &
  typeof getPastTotalSupply &
  typeof getPastVotes &
  typeof getTotalSupply &
  typeof getTransfers &
  typeof getVotes &
  typeof mint &
  typeof permit &
  typeof receiveWithAuthorization &
  typeof sendCalls &
  typeof setAuthority &
  typeof setBridgeLimits &
  typeof signAuthorizationCancellation &
  typeof signDelegation &
  typeof signPermit &
  typeof signReceiveAuthorization &
  typeof signTransferAuthorization &
  typeof simulate &
  typeof streamApprovals &
  typeof streamTransfers &
  typeof supportsInterface &
  typeof transfer &
  typeof transferAndCall &
  typeof transferFrom &
  typeof transferFromAndCall &
  typeof transferWithAuthorization &
  typeof watchApprovals &
  typeof watchTransfers

/** What {@link coreActions} adds to a client: every action of the token, writes only where the client has an account. */
export type CoreActions<client = WriteClient> = { ait: Bound<Modules, client> }

/**
 * Adds `client.ait.*` to a viem client: every action of the token, with the client given.
 * It brings all of them into the bundle; import single actions where size counts.
 *
 * @returns What `client.extend` takes.
 *
 * @example
 * ```ts
 * import { coreActions } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() }).extend(coreActions())
 * const supply = await client.ait.getTotalSupply()
 * ```
 */
export function coreActions(): <client extends ReadClient>(client: client) => CoreActions<client> {
  return (client) => ({
    ait: bind(client, {
      ...approve,
      ...approveAndCall,
      ...burn,
      ...burnFrom,
      ...cancelAuthorization,
      ...confirm,
      ...crosschainBurn,
      ...crosschainMint,
      ...delegate,
      ...delegateBySig,
      ...getAllowance,
      ...getApprovals,
      ...getAuthority,
      ...getAuthorizationState,
      ...getBalance,
      ...getBridgeAvailable,
      ...getBridgeLimits,
      ...getCap,
      ...getCheckpoint,
      ...getCheckpointCount,
      ...getClock,
      ...getClockMode,
      ...getDelegate,
      ...getDomain,
      ...getMetadata,
      ...getNonce,
      ...getPastTotalSupply,
      ...getPastVotes,
      ...getTotalSupply,
      ...getTransfers,
      ...getVotes,
      ...mint,
      ...permit,
      ...receiveWithAuthorization,
      ...sendCalls,
      ...setAuthority,
      ...setBridgeLimits,
      ...signAuthorizationCancellation,
      ...signDelegation,
      ...signPermit,
      ...signReceiveAuthorization,
      ...signTransferAuthorization,
      ...simulate,
      ...streamApprovals,
      ...streamTransfers,
      ...supportsInterface,
      ...transfer,
      ...transferAndCall,
      ...transferFrom,
      ...transferFromAndCall,
      ...transferWithAuthorization,
      ...watchApprovals,
      ...watchTransfers,
    }),
  })
}
