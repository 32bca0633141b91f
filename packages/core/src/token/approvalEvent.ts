/** The event of the token's ABI, on its own: a history needs no more of it. */
export const approvalEvent = {
  anonymous: false,
  inputs: [
    { indexed: true, name: 'owner', type: 'address' },
    { indexed: true, name: 'spender', type: 'address' },
    { indexed: false, name: 'value', type: 'uint256' },
  ],
  name: 'Approval',
  type: 'event',
} as const
