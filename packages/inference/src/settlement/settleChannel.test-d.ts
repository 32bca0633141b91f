import type {
  AccountMissingError,
  CallFailedError,
  ChainNotSupportedError,
  ContractMissingError,
  ContractRevertError,
  InsufficientFundsError,
  InvalidAddressError,
  InvalidAmountError,
  InvalidArgumentError,
  UserRejectedError,
} from '@aitoken/core'
import { createClient, http } from 'viem'
import { base } from 'viem/chains'
import { expectTypeOf, test } from 'vitest'

import type { ChannelSignatureError, NotPayeeError } from '../channel/accessErrors.js'
import type { ChannelClosedError, ChannelMissingError } from '../channel/errors.js'
import type { CaptureAboveAuthorizedError, CaptureAboveDepositError, CaptureTooLowError } from './errors.js'
import { settleChannel } from './settleChannel.js'

const account = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const channel = {
  authorizedSigner: account,
  payee: account,
  payer: account,
  salt: '0x',
  token: account,
} as const
const parameters = { capture: 1n, channel, cumulativeAmount: 1n, signature: '0x' } as const

test('accepts a client with an account', () => {
  const client = createClient({ account, chain: base, transport: http() })
  expectTypeOf(settleChannel(client, parameters)).resolves.toEqualTypeOf<`0x${string}`>()
})

test('rejects a client without an account', () => {
  const reader = createClient({ chain: base, transport: http() })
  // @ts-expect-error - nobody to sign
  void settleChannel(reader, parameters)
})

test('names every failure', () => {
  expectTypeOf<settleChannel.ErrorType>().toEqualTypeOf<
    | AccountMissingError
    | CallFailedError
    | CaptureAboveAuthorizedError
    | CaptureAboveDepositError
    | CaptureTooLowError
    | ChainNotSupportedError
    | ChannelClosedError
    | ChannelMissingError
    | ChannelSignatureError
    | ContractMissingError
    | ContractRevertError
    | InsufficientFundsError
    | InvalidAddressError
    | InvalidAmountError
    | InvalidArgumentError
    | NotPayeeError
    | UserRejectedError
  >()
})
