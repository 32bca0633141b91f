import type {
  AccountMissingError,
  CallFailedError,
  ChainNotSupportedError,
  ContractMissingError,
  ContractRevertError,
} from '@aitoken/core'
import { expectTypeOf, test } from 'vitest'

import type { AmountZeroError } from '../channel/depositErrors.js'
import type { BondInsufficientError } from './bondErrors.js'
import type { ProviderOwnerError, ProviderUnknownError } from './errors.js'
import type { getProvider } from './getProvider.js'
import type { unbondProvider } from './unbondProvider.js'

test('names every failure', () => {
  expectTypeOf<ProviderUnknownError>().toExtend<getProvider.ErrorType>()
  expectTypeOf<ChainNotSupportedError | ContractMissingError>().toExtend<getProvider.ErrorType>()
  expectTypeOf<
    | AccountMissingError
    | AmountZeroError
    | BondInsufficientError
    | CallFailedError
    | ContractRevertError
    | ProviderOwnerError
    | ProviderUnknownError
  >().toExtend<unbondProvider.ErrorType>()
})
