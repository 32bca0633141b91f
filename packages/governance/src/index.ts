/**
 * Voting power and delegation, and their histories.
 *
 * @module @aitoken/governance
 */

export {
  type DelegationMessage,
  delegate,
  delegateBySig,
  delegateBySigCall,
  delegateCall,
  FutureLookupError,
  getCheckpoint,
  getCheckpointCount,
  getClock,
  getClockMode,
  getDelegate,
  getPastTotalSupply,
  getPastVotes,
  getVotes,
  HistoryUnavailableError,
  hashDelegation,
  signDelegation,
  verifyDelegation,
} from '@aitoken/core'
export { createAitoken } from './client/createAitoken.js'
export { type GovernanceActions, governanceActions } from './client/governanceActions.js'
export { type Delegation, getDelegates } from './votes/getDelegates.js'
export { getVotingPowerHistory, type VotingPowerChange } from './votes/getVotingPowerHistory.js'
