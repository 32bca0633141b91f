import { AuthorizationTimeError, AuthorizationUsedError } from '../authorization/errors.js'
import {
  BridgeLimitExceededError,
  InvalidBridgeError,
  InvalidBridgeLimitError,
  UnauthorizedBridgeError,
} from '../bridge/errors.js'
import { AccessDelayedError } from '../errors/AccessDelayedError.js'
import { AccessDeniedError } from '../errors/AccessDeniedError.js'
import { ContractInvariantError } from '../errors/ContractInvariantError.js'
import type { ErrorSource, Reverts } from '../errors/fromRevert.js'
import { InvalidAuthorityError } from '../errors/InvalidAuthorityError.js'
import { InvalidNonceError } from '../errors/InvalidNonceError.js'
import { InvalidSignatureError } from '../errors/InvalidSignatureError.js'
import { SignatureExpiredError } from '../errors/SignatureExpiredError.js'
import { SignerMismatchError } from '../errors/SignerMismatchError.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import { FutureLookupError } from '../votes/errors.js'
import {
  CallbackRefusedError,
  CapExceededError,
  InsufficientAllowanceError,
  InsufficientBalanceError,
  InvalidCapError,
  InvalidReceiverError,
  InvalidSpenderError,
  InvalidTokenNameError,
} from './errors.js'

/** The class behind each custom error of `AIToken`. */
export const tokenReverts = {
  AITokenBridgeLimitExceeded: ([bridge, amount, available], cause) =>
    new BridgeLimitExceededError({ amount, available, bridge, cause }),
  AITokenInvalidBridge: ([bridge], cause) => new InvalidBridgeError({ bridge, cause }),
  AITokenInvalidBridgeLimit: ([capacity, window], cause) =>
    new InvalidBridgeLimitError({ capacity, cause, window }),
  AITokenInvalidCap: ([cap], cause) => new InvalidCapError({ cap, cause }),
  AITokenInvalidName: ([value], cause) => new InvalidTokenNameError({ cause, field: 'name', value }),
  AITokenInvalidSymbol: ([value], cause) => new InvalidTokenNameError({ cause, field: 'symbol', value }),
  AITokenUnauthorizedBridge: ([account], cause) => new UnauthorizedBridgeError({ account, cause }),
  AccessManagedInvalidAuthority: ([authority], cause) => new InvalidAuthorityError({ authority, cause }),
  AccessManagedRequiredDelay: ([account, delay], cause) => new AccessDelayedError({ account, cause, delay }),
  AccessManagedUnauthorized: ([account], cause) => new AccessDeniedError({ account, cause }),
  CheckpointUnorderedInsertion: (_, cause) =>
    new ContractInvariantError({ cause, revert: 'CheckpointUnorderedInsertion' }),
  ECDSAInvalidSignature: (_, cause) => new InvalidSignatureError({ cause, reason: 'nobody signed this' }),
  ECDSAInvalidSignatureLength: ([length], cause) =>
    new InvalidSignatureError({ cause, reason: `it has ${length} bytes` }),
  ECDSAInvalidSignatureS: (_, cause) =>
    new InvalidSignatureError({ cause, reason: 'its s is in the upper half of the curve order' }),
  ERC1363ApproveFailed: (_, cause) => new ContractInvariantError({ cause, revert: 'ERC1363ApproveFailed' }),
  ERC1363InvalidReceiver: ([account], cause) => new CallbackRefusedError({ account, cause }),
  ERC1363InvalidSpender: ([account], cause) => new CallbackRefusedError({ account, cause }),
  ERC1363TransferFailed: (_, cause) => new ContractInvariantError({ cause, revert: 'ERC1363TransferFailed' }),
  ERC1363TransferFromFailed: (_, cause) =>
    new ContractInvariantError({ cause, revert: 'ERC1363TransferFromFailed' }),
  ERC20ExceededCap: ([supply, cap], cause) => new CapExceededError({ cap, cause, supply }),
  ERC20ExceededSafeSupply: ([supply, cap], cause) => new CapExceededError({ cap, cause, supply }),
  ERC20InsufficientAllowance: ([spender, allowance, needed], cause) =>
    new InsufficientAllowanceError({ allowance, cause, needed, spender }),
  ERC20InsufficientBalance: ([account, balance, needed], cause) =>
    new InsufficientBalanceError({ account, balance, cause, needed }),
  ERC20InvalidApprover: (_, cause) => new ContractInvariantError({ cause, revert: 'ERC20InvalidApprover' }),
  ERC20InvalidCap: ([cap], cause) => new InvalidCapError({ cap, cause }),
  ERC20InvalidReceiver: ([receiver], cause) => new InvalidReceiverError({ cause, receiver }),
  ERC20InvalidSender: (_, cause) => new ContractInvariantError({ cause, revert: 'ERC20InvalidSender' }),
  ERC20InvalidSpender: ([spender], cause) => new InvalidSpenderError({ cause, spender }),
  ERC2612ExpiredSignature: ([deadline], cause) => new SignatureExpiredError({ cause, deadline }),
  ERC2612InvalidSigner: ([signer, expected], cause) => new SignerMismatchError({ cause, expected, signer }),
  ERC3009InvalidAuthorizationTime: ([validAfter, validBefore], cause) =>
    new AuthorizationTimeError({ cause, validAfter, validBefore }),
  ERC3009InvalidSignature: (_, cause) =>
    new InvalidSignatureError({ cause, reason: 'it is not by the holder, over these fields' }),
  ERC3009UsedAuthorization: ([authorizer, nonce], cause) =>
    new AuthorizationUsedError({ authorizer, cause, nonce }),
  ERC5805FutureLookup: ([timepoint, clock], cause) => new FutureLookupError({ cause, clock, timepoint }),
  InvalidAccountNonce: ([account, current], cause) => new InvalidNonceError({ account, cause, current }),
  InvalidShortString: (_, cause) => new ContractInvariantError({ cause, revert: 'InvalidShortString' }),
  SafeCastOverflowedUintDowncast: (_, cause) =>
    new ContractInvariantError({ cause, revert: 'SafeCastOverflowedUintDowncast' }),
  StringTooLong: ([value], cause) => new InvalidTokenNameError({ cause, field: 'name', value }),
  VotesExpiredSignature: ([deadline], cause) => new SignatureExpiredError({ cause, deadline }),
} as const satisfies Reverts<typeof aiTokenAbi>

/** The token, for those who look for its errors among other contracts'. */
export function tokenSource(): ErrorSource {
  return { abi: aiTokenAbi, reverts: tokenReverts }
}
