import {
  AccessDelayedError,
  AccessDeniedError,
  ContractInvariantError,
  InvalidAuthorityError,
} from '@aitoken/core'
import type { Reverts } from '@aitoken/core/internal'

import { AmountTooLargeError, AmountZeroError, TokenRefusedError } from '../channel/depositErrors.js'
import type { providerRegistryAbi } from '../generated/providerRegistry.js'
import {
  BondInsufficientError,
  BondMismatchError,
  NothingBondedError,
  NothingUnbondingError,
  StillUnbondingError,
  UnbondingDelayError,
} from './bondErrors.js'
import {
  EndpointLengthError,
  ManifestUriLengthError,
  ProviderDeregisteredError,
  ProviderNotOfferedError,
  ProviderOwnerError,
  ProviderUnknownError,
  RegistryAddressError,
  SignerRetiredError,
} from './errors.js'
import { ReceiptChannelError, ReceiptsAgreeError, SignerNotAccountableError } from './proofErrors.js'

/** The class behind each custom error of `ProviderRegistry`. */
export const registryReverts = {
  AccessManagedInvalidAuthority: ([authority], cause) => new InvalidAuthorityError({ authority, cause }),
  AccessManagedRequiredDelay: ([account, delay], cause) => new AccessDelayedError({ account, cause, delay }),
  AccessManagedUnauthorized: ([account], cause) => new AccessDeniedError({ account, cause }),
  ReentrancyGuardReentrantCall: (_, cause) =>
    new ContractInvariantError({ cause, revert: 'ReentrancyGuardReentrantCall' }),
  RegistryAddressInvalid: ([account], cause) => new RegistryAddressError({ account, cause }),
  RegistryAmountTooLarge: ([amount], cause) => new AmountTooLargeError({ amount, cause }),
  RegistryAmountZero: (_, cause) => new AmountZeroError({ cause }),
  RegistryBondInsufficient: ([id, bond, needed], cause) =>
    new BondInsufficientError({ bond, cause, id, needed }),
  RegistryChannelMismatch: ([channelId, expected], cause) =>
    new ReceiptChannelError({ cause, channelId, expected }),
  RegistryDelayInvalid: ([delay, minimum, maximum], cause) =>
    new UnbondingDelayError({ cause, delay, maximum, minimum }),
  RegistryDepositMismatch: ([expected, actual], cause) => new BondMismatchError({ actual, cause, expected }),
  RegistryDeregistered: ([id], cause) => new ProviderDeregisteredError({ cause, id }),
  RegistryEndpointInvalid: ([length, maximum], cause) => new EndpointLengthError({ cause, length, maximum }),
  RegistryNotOwner: ([caller, owner], cause) => new ProviderOwnerError({ caller, cause, owner }),
  RegistryNotPendingOwner: ([caller, pendingOwner], cause) =>
    new ProviderNotOfferedError({ caller, cause, pendingOwner }),
  RegistryNothingBonded: ([id], cause) => new NothingBondedError({ cause, id }),
  RegistryNothingUnbonding: ([id], cause) => new NothingUnbondingError({ cause, id }),
  RegistryReceiptsAgree: (_, cause) => new ReceiptsAgreeError({ cause }),
  RegistrySignerNotAccountable: ([id, signer], cause) => new SignerNotAccountableError({ cause, id, signer }),
  RegistrySignerRetired: ([id, signer], cause) => new SignerRetiredError({ cause, id, signer }),
  RegistryStillUnbonding: ([id, releaseAt], cause) => new StillUnbondingError({ cause, id, releaseAt }),
  RegistryUnknown: ([id], cause) => new ProviderUnknownError({ cause, id }),
  RegistryUriTooLong: ([length, maximum], cause) => new ManifestUriLengthError({ cause, length, maximum }),
  SafeERC20FailedOperation: ([token], cause) => new TokenRefusedError({ cause, token }),
} as const satisfies Reverts<typeof providerRegistryAbi>
