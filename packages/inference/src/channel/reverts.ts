import {
  AccessDelayedError,
  AccessDeniedError,
  ContractInvariantError,
  InvalidAuthorityError,
} from '@aitoken/core'
import type { Reverts } from '@aitoken/core/internal'

import { FeeTooHighError } from '../fee/errors.js'
import type { paymentChannelsAbi } from '../generated/paymentChannels.js'
import {
  SessionCapError,
  SessionExpiredError,
  SessionPayeeError,
  SessionUnknownError,
} from '../session/errors.js'
import {
  CaptureAboveAuthorizedError,
  CaptureAboveDepositError,
  CaptureTooLowError,
  RowsTruncatedError,
  StreamPreimageError,
  StreamStepsError,
} from '../settlement/errors.js'
import { VaultInsufficientError } from '../vault/errors.js'
import {
  ChannelSignatureError,
  ConsentExpiredError,
  NotPayeeError,
  NotPayerError,
  PermitFailedError,
} from './accessErrors.js'
import {
  AddressRoleError,
  AmountTooLargeError,
  AmountZeroError,
  DepositMismatchError,
  TokenMissingError,
  TokenRefusedError,
} from './depositErrors.js'
import {
  ChannelClosedError,
  ChannelClosingError,
  ChannelExistsError,
  ChannelMissingError,
  CloseNotRequestedError,
  GracePeriodError,
} from './errors.js'

/** The class behind each custom error of `PaymentChannels`. */
export const channelReverts = {
  AccessManagedInvalidAuthority: ([authority], cause) => new InvalidAuthorityError({ authority, cause }),
  AccessManagedRequiredDelay: ([account, delay], cause) => new AccessDelayedError({ account, cause, delay }),
  AccessManagedUnauthorized: ([account], cause) => new AccessDeniedError({ account, cause }),
  ChannelsAddressInvalid: ([account], cause) => new AddressRoleError({ account, cause }),
  ChannelsAlreadyOpened: ([channelId], cause) => new ChannelExistsError({ cause, channelId }),
  ChannelsAmountTooLarge: ([amount], cause) => new AmountTooLargeError({ amount, cause }),
  ChannelsAmountZero: (_, cause) => new AmountZeroError({ cause }),
  ChannelsCaptureAboveAuthorized: ([capture, authorized], cause) =>
    new CaptureAboveAuthorizedError({ authorized, capture, cause }),
  ChannelsCaptureAboveDeposit: ([capture, deposit], cause) =>
    new CaptureAboveDepositError({ capture, cause, deposit }),
  ChannelsCaptureTooLow: ([capture, settled], cause) => new CaptureTooLowError({ capture, cause, settled }),
  ChannelsClosed: ([channelId], cause) => new ChannelClosedError({ cause, channelId }),
  ChannelsCloseNotRequested: ([channelId], cause) => new CloseNotRequestedError({ cause, channelId }),
  ChannelsClosing: ([channelId, closeAt], cause) => new ChannelClosingError({ cause, channelId, closeAt }),
  ChannelsDepositMismatch: ([token, expected, actual], cause) =>
    new DepositMismatchError({ actual, cause, expected, token }),
  ChannelsFeeTooHigh: ([bps, maximum], cause) => new FeeTooHighError({ bps, cause, maximum }),
  ChannelsGraceNotOver: ([channelId, closeAt], cause) => new GracePeriodError({ cause, channelId, closeAt }),
  ChannelsInvalidSignature: ([signer], cause) => new ChannelSignatureError({ cause, signer }),
  ChannelsNotPayee: ([caller, payee], cause) => new NotPayeeError({ caller, cause, payee }),
  ChannelsNotPayer: ([caller, payer], cause) => new NotPayerError({ caller, cause, payer }),
  ChannelsPermitFailed: ([token, allowance, needed, reason], cause) =>
    new PermitFailedError({ allowance, cause, needed, reason, token }),
  ChannelsPreimageInvalid: ([root, reached], cause) => new StreamPreimageError({ cause, reached, root }),
  ChannelsRowsTruncated: ([batch, row], cause) => new RowsTruncatedError({ batch, cause, row }),
  ChannelsSessionCapExceeded: ([needed, remaining], cause) =>
    new SessionCapError({ cause, needed, remaining }),
  ChannelsSessionExpired: ([expiry], cause) => new SessionExpiredError({ cause, expiry }),
  ChannelsSessionPayeeNotAllowed: ([payee], cause) => new SessionPayeeError({ cause, payee }),
  ChannelsSessionUnknown: ([owner, key, token], cause) =>
    new SessionUnknownError({ cause, key, owner, token }),
  ChannelsSignatureExpired: ([deadline], cause) => new ConsentExpiredError({ cause, deadline }),
  ChannelsStepsInvalid: ([steps, maxSteps], cause) => new StreamStepsError({ cause, maxSteps, steps }),
  ChannelsTokenInvalid: ([token], cause) => new TokenMissingError({ cause, token }),
  ChannelsUnknown: ([channelId], cause) => new ChannelMissingError({ cause, channelId }),
  ChannelsVaultInsufficient: ([owner, token, balance, needed], cause) =>
    new VaultInsufficientError({ balance, cause, needed, owner, token }),
  InvalidShortString: (_, cause) => new ContractInvariantError({ cause, revert: 'InvalidShortString' }),
  ReentrancyGuardReentrantCall: (_, cause) =>
    new ContractInvariantError({ cause, revert: 'ReentrancyGuardReentrantCall' }),
  SafeERC20FailedOperation: ([token], cause) => new TokenRefusedError({ cause, token }),
  StringTooLong: (_, cause) => new ContractInvariantError({ cause, revert: 'StringTooLong' }),
} as const satisfies Reverts<typeof paymentChannelsAbi>
