import type { Abi } from 'abitype'
import type { Address, ContractFunctionArgs, ContractFunctionName } from 'viem'

import type { Mutability } from '../call/call.js'

/** What a phrase can ask while it says what a call does. */
export type PhraseContext = {
  /** Writes an amount of a token: with its symbol where that is known, as base units otherwise. */
  amount: (value: bigint, token?: Address) => string
  /** Writes an address: by its name where one was given. */
  name: (address: Address) => string
  /** Writes a time given in seconds since 1970. */
  time: (seconds: bigint | number) => string
  /** The contract that is called. */
  to: Address
}

/** How each function of a contract that changes state is said in English, as a sentence without its full stop. */
export type Phrases<abi extends Abi> = {
  readonly [name in ContractFunctionName<abi, Mutability>]: (
    args: ContractFunctionArgs<abi, Mutability, name>,
    context: PhraseContext,
  ) => string
}

/** A contract whose calls can be said in English: its ABI, and its {@link Phrases}. */
export type Phrasebook = {
  readonly abi: Abi
  readonly phrases: Readonly<Record<string, (args: never, context: PhraseContext) => string>>
}
