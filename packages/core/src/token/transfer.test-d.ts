import type { Account, Chain, Client, Hash, Transport } from 'viem'
import { createClient, createPublicClient, createWalletClient, http } from 'viem'
import { base } from 'viem/chains'
import { expectTypeOf, test } from 'vitest'

import type { CoreActions } from '../client/coreActions.js'
import { coreActions } from '../client/coreActions.js'
import { createAitoken } from '../client/createAitoken.js'
import type { AccountMissingError } from '../errors/AccountMissingError.js'
import type { CallFailedError } from '../errors/CallFailedError.js'
import type { ChainNotSupportedError } from '../errors/ChainNotSupportedError.js'
import type { ContractMissingError } from '../errors/ContractMissingError.js'
import type { ContractRevertError } from '../errors/ContractRevertError.js'
import type { InsufficientFundsError } from '../errors/InsufficientFundsError.js'
import type { InvalidAddressError } from '../errors/InvalidAddressError.js'
import type { InvalidAmountError } from '../errors/InvalidAmountError.js'
import type { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import type { UserRejectedError } from '../errors/UserRejectedError.js'
import type { InsufficientBalanceError, InvalidReceiverError } from './errors.js'
import { transfer, transferCall } from './transfer.js'

const account = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const client = createWalletClient({ account, chain: base, transport: http() })

test('accepts a client with an account', () => {
  expectTypeOf(transfer(client, { amount: 1n, to: account })).resolves.toEqualTypeOf<Hash>()
  expectTypeOf<Client<Transport, Chain, Account>>().toExtend<Parameters<typeof transfer>[0]>()
})

test('rejects a client without an account', () => {
  const reader = createPublicClient({ chain: base, transport: http() })
  // @ts-expect-error - nobody to sign
  void transfer(reader, { amount: 1n, to: account })
})

test('rejects a client without a chain', () => {
  const chainless = createClient({ account, transport: http() })
  // @ts-expect-error - which chain?
  void transfer(chainless, { amount: 1n, to: account })
})

test('rejects a number amount', () => {
  // @ts-expect-error - amounts are bigint base units
  void transfer(client, { amount: 1, to: account })
})

test('a call needs its token', () => {
  // @ts-expect-error - no client, so no chain to look the token up on
  transferCall({ amount: 1n, to: account })
  expectTypeOf(
    transferCall({ amount: 1n, to: account, token: account }).functionName,
  ).toEqualTypeOf<'transfer'>()
  expectTypeOf(transferCall({ amount: 1n, to: account, token: account }).args).toEqualTypeOf<
    readonly [to: `0x${string}`, value: bigint]
  >()
})

test('a bound client without an account has no writes', () => {
  const reader = createClient({ chain: base, transport: http() }).extend(coreActions())
  expectTypeOf(reader.ait.getBalance({ account })).resolves.toEqualTypeOf<bigint>()
  expectTypeOf(reader.ait).not.toHaveProperty('transfer')
  const writer = client.extend(coreActions())
  expectTypeOf(writer.ait.transfer).toEqualTypeOf<(parameters: transfer.Parameters) => Promise<Hash>>()
  expectTypeOf<CoreActions['ait']>().not.toHaveProperty('transferCall')
  expectTypeOf<CoreActions['ait']>().toHaveProperty('transferAndCall')
})

test('createAitoken follows the account', () => {
  const reader = createAitoken({ chain: base, transport: http() })
  expectTypeOf(reader.ait).not.toHaveProperty('transfer')
  const writer = createAitoken({ account, chain: base, transport: http() })
  expectTypeOf(writer.ait).toHaveProperty('transfer')
})

test('names every failure', () => {
  expectTypeOf<transfer.ErrorType>().toEqualTypeOf<
    | AccountMissingError
    | CallFailedError
    | ChainNotSupportedError
    | ContractMissingError
    | ContractRevertError
    | InsufficientBalanceError
    | InsufficientFundsError
    | InvalidAddressError
    | InvalidAmountError
    | InvalidArgumentError
    | InvalidReceiverError
    | UserRejectedError
  >()
})
