import { encodeAbiParameters, type Hash, type Hex, keccak256, toHex } from 'viem'

/**
 * The nonce by which an ERC-3009 authorization funds one thing only: the hash of what it is for and whatever
 * identifies it, each one word.
 */
export function authorizationNonce(purpose: 'deposit' | 'open' | 'topUp', words: readonly Hex[]): Hash {
  return keccak256(
    encodeAbiParameters(
      [{ type: 'bytes32' }, ...words.map(() => ({ type: 'bytes32' }))],
      [keccak256(toHex(`PaymentChannels.${purpose}`)), ...words],
    ),
  )
}
