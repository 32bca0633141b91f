import type * as core from '@aitoken/core'
import {
  delegate,
  delegateBySig,
  getCheckpoint,
  getCheckpointCount,
  getClock,
  getClockMode,
  getDelegate,
  getPastTotalSupply,
  getPastVotes,
  getVotes,
  signDelegation,
} from '@aitoken/core'
import { type Bound, bind, type ReadClient, type WriteClient } from '@aitoken/core/internal'

import * as getDelegates from '../votes/getDelegates.js'
import * as getVotingPowerHistory from '../votes/getVotingPowerHistory.js'

// Picked from the module's type, not from a literal of ours, so that each keeps its documentation.
type Modules = Pick<
  typeof core,
  | 'delegate'
  | 'delegateBySig'
  | 'getCheckpoint'
  | 'getCheckpointCount'
  | 'getClock'
  | 'getClockMode'
  | 'getDelegate'
  | 'getPastTotalSupply'
  | 'getPastVotes'
  | 'getVotes'
  | 'signDelegation'
> &
  typeof getDelegates &
  typeof getVotingPowerHistory

/** What {@link governanceActions} adds to a client: votes and delegations, writes only where the client has an account. */
export type GovernanceActions<client = WriteClient> = { votes: Bound<Modules, client> }

/**
 * Adds `client.votes.*` to a viem client: the token's votes and delegations.
 *
 * @returns What `client.extend` takes.
 *
 * @example
 * ```ts
 * import { governanceActions } from '@aitoken/governance'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() }).extend(governanceActions())
 * const votes = await client.votes.getVotes({ account: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export function governanceActions(): <client extends ReadClient>(
  client: client,
) => GovernanceActions<client> {
  return (client) => ({
    votes: bind(client, {
      delegate,
      delegateBySig,
      getCheckpoint,
      getCheckpointCount,
      getClock,
      getClockMode,
      getDelegate,
      ...getDelegates,
      getPastTotalSupply,
      getPastVotes,
      getVotes,
      ...getVotingPowerHistory,
      signDelegation,
    }),
  })
}
