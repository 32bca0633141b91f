import {
  AuthorizationTimeError,
  AuthorizationUsedError,
  InsufficientAllowanceError,
  InsufficientBalanceError,
  InvalidSignatureError,
} from '@aitoken/core'
import type { Reverts } from '@aitoken/core/internal'

/** The errors of any ERC-20 token (ERC-6093), ERC-3009 token or Permit2 that surface through the channels. */
const tokenErrorsAbi = [
  {
    inputs: [
      { name: 'spender', type: 'address' },
      { name: 'allowance', type: 'uint256' },
      { name: 'needed', type: 'uint256' },
    ],
    name: 'ERC20InsufficientAllowance',
    type: 'error',
  },
  {
    inputs: [
      { name: 'sender', type: 'address' },
      { name: 'balance', type: 'uint256' },
      { name: 'needed', type: 'uint256' },
    ],
    name: 'ERC20InsufficientBalance',
    type: 'error',
  },
  {
    inputs: [
      { name: 'validAfter', type: 'uint256' },
      { name: 'validBefore', type: 'uint256' },
    ],
    name: 'ERC3009InvalidAuthorizationTime',
    type: 'error',
  },
  { inputs: [], name: 'ERC3009InvalidSignature', type: 'error' },
  {
    inputs: [
      { name: 'authorizer', type: 'address' },
      { name: 'nonce', type: 'bytes32' },
    ],
    name: 'ERC3009UsedAuthorization',
    type: 'error',
  },
  { inputs: [], name: 'InvalidNonce', type: 'error' },
  { inputs: [], name: 'InvalidSigner', type: 'error' },
] as const

const reverts = {
  ERC20InsufficientAllowance: ([spender, allowance, needed], cause) =>
    new InsufficientAllowanceError({ allowance, cause, needed, spender }),
  ERC20InsufficientBalance: ([account, balance, needed], cause) =>
    new InsufficientBalanceError({ account, balance, cause, needed }),
  ERC3009InvalidAuthorizationTime: ([validAfter, validBefore], cause) =>
    new AuthorizationTimeError({ cause, validAfter, validBefore }),
  ERC3009InvalidSignature: (_, cause) =>
    new InvalidSignatureError({ cause, reason: 'it is not by the payer, over this channel and amount' }),
  ERC3009UsedAuthorization: ([authorizer, nonce], cause) =>
    new AuthorizationUsedError({ authorizer, cause, nonce }),
  InvalidNonce: (_, cause) =>
    new InvalidSignatureError({ cause, reason: 'its Permit2 nonce was used before' }),
  InvalidSigner: (_, cause) =>
    new InvalidSignatureError({ cause, reason: 'Permit2 recovers somebody else than the payer' }),
} as const satisfies Reverts<typeof tokenErrorsAbi>

/** Where the errors of tokens are recognised. */
export const tokenErrors = [{ abi: tokenErrorsAbi, reverts }] as const
