/** ERC-5267's function, on its own: who signs for a token needs no more of it. */
export const domainFunction = {
  inputs: [],
  name: 'eip712Domain',
  outputs: [
    { name: 'fields', type: 'bytes1' },
    { name: 'name', type: 'string' },
    { name: 'version', type: 'string' },
    { name: 'chainId', type: 'uint256' },
    { name: 'verifyingContract', type: 'address' },
    { name: 'salt', type: 'bytes32' },
    { name: 'extensions', type: 'uint256[]' },
  ],
  stateMutability: 'view',
  type: 'function',
} as const
