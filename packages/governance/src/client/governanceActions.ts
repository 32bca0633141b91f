import {
  type Bound,
  bind,
  type ReadClient,
  type VotesModules,
  votesModules,
  type WriteClient,
} from '@aitoken/core/internal'

import * as getDelegates from '../votes/getDelegates.js'
import * as getVotingPowerHistory from '../votes/getVotingPowerHistory.js'

type Modules = VotesModules & typeof getDelegates & typeof getVotingPowerHistory

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
    votes: bind(client, { ...votesModules(), ...getDelegates, ...getVotingPowerHistory }),
  })
}
