/** A holder delegated to somebody else; one of the token's events (ERC-5805). */
export const delegateChangedEvent = {
  anonymous: false,
  inputs: [
    { indexed: true, name: 'delegator', type: 'address' },
    { indexed: true, name: 'fromDelegate', type: 'address' },
    { indexed: true, name: 'toDelegate', type: 'address' },
  ],
  name: 'DelegateChanged',
  type: 'event',
} as const

/** A delegate's votes changed; one of the token's events (ERC-5805). */
export const delegateVotesChangedEvent = {
  anonymous: false,
  inputs: [
    { indexed: true, name: 'delegate', type: 'address' },
    { indexed: false, name: 'previousVotes', type: 'uint256' },
    { indexed: false, name: 'newVotes', type: 'uint256' },
  ],
  name: 'DelegateVotesChanged',
  type: 'event',
} as const
