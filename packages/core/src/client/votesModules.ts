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

/** The modules of the token's votes. As namespaces, not picked from an index, each function keeps its documentation. */
export type VotesModules = typeof delegate &
  typeof delegateBySig &
  typeof getCheckpoint &
  typeof getCheckpointCount &
  typeof getClock &
  typeof getClockMode &
  typeof getDelegate &
  typeof getPastTotalSupply &
  typeof getPastVotes &
  typeof getVotes &
  typeof signDelegation

/** The token's votes, for a sibling to bind to a client together with its own actions. */
export function votesModules(): VotesModules {
  return {
    ...delegate,
    ...delegateBySig,
    ...getCheckpoint,
    ...getCheckpointCount,
    ...getClock,
    ...getClockMode,
    ...getDelegate,
    ...getPastTotalSupply,
    ...getPastVotes,
    ...getVotes,
    ...signDelegation,
  }
}
