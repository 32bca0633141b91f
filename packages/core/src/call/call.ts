import type { Abi, AbiStateMutability } from 'abitype'
import {
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type EncodeFunctionDataParameters,
  encodeFunctionData,
  type Hex,
  maxUint256,
} from 'viem'
import type { InvalidAddressError } from '../errors/InvalidAddressError.js'
import { InvalidAmountError } from '../errors/InvalidAmountError.js'
import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import { checkAddress, checkArguments } from './checkArguments.js'

/** Functions that change state, the only ones a {@link Call} is made of. */
export type Mutability = Extract<AbiStateMutability, 'nonpayable' | 'payable'>

/**
 * One contract call, written down: a frozen value of plain data that can be sent, batched, simulated,
 * described, proposed to a DAO, checked against a policy, cloned and serialised.
 */
export type Call<
  abi extends Abi = Abi,
  functionName extends ContractFunctionName<abi, Mutability> = ContractFunctionName<abi, Mutability>,
> = {
  /** ABI of the contract. */
  readonly abi: abi
  /** Arguments of the function. */
  readonly args: ContractFunctionArgs<abi, Mutability, functionName>
  /** The function and its arguments, encoded. */
  readonly data: Hex
  /** The function. */
  readonly functionName: functionName
  /** The contract. */
  readonly to: Address
  /** Native coin sent along, in wei. */
  readonly value: bigint
}

/**
 * Builds a {@link Call}: encodes a function of a contract, without a client and without sending anything.
 *
 * @param parameters - {@link call.Parameters}
 * @returns The call, frozen.
 * @throws {@link InvalidAddressError} when `to` or an argument is not an address.
 * @throws {@link InvalidAmountError} when a number is no bigint or does not fit its type.
 * @throws {@link InvalidArgumentError} when the arguments do not fit the function otherwise.
 *
 * @example
 * ```ts
 * import { call } from '@aitoken/core'
 * import { erc20Abi } from 'viem'
 *
 * const approval = call({
 *   abi: erc20Abi,
 *   args: ['0x70997970C51812dc3A010C7d01b50e0d17dc79C8', 1_000_000n],
 *   functionName: 'approve',
 *   to: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
 * })
 * ```
 */
export function call<const abi extends Abi, const functionName extends ContractFunctionName<abi, Mutability>>(
  parameters: call.Parameters<abi, functionName>,
): Call<abi, functionName> {
  const { abi, args, functionName, to, value = 0n } = parameters
  checkAddress(to, 'to')
  if (typeof value !== 'bigint' || value < 0n || value > maxUint256)
    throw new InvalidAmountError({ field: 'value', max: maxUint256, value })
  checkArguments(abi, functionName, args)
  try {
    // `Parameters` ties these three together; viem's own type recomputes that from scratch.
    const data = encodeFunctionData({ abi, args, functionName } as EncodeFunctionDataParameters)
    Object.freeze(args)
    return Object.freeze({ abi, args, data, functionName, to, value })
  } catch (cause) {
    throw new InvalidArgumentError({
      cause,
      expected: 'arguments that fit the function',
      field: functionName,
      value: `(${(args as readonly unknown[]).map(String).join(', ')})`,
    })
  }
}

export declare namespace call {
  type Parameters<abi extends Abi, functionName extends ContractFunctionName<abi, Mutability>> = {
    /** ABI of the contract. */
    abi: abi
    /** Arguments of the function. */
    args: ContractFunctionArgs<abi, Mutability, functionName>
    /** The function. */
    functionName: functionName
    /** The contract. */
    to: Address
    /** Native coin to send along, in wei. @default 0n */
    value?: bigint | undefined
  }
  type ErrorType = InvalidAddressError | InvalidAmountError | InvalidArgumentError
}
