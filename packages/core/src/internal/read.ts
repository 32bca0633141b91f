import type { Abi } from 'abitype'
import type { Address, ContractFunctionArgs, ContractFunctionName, ContractFunctionReturnType } from 'viem'
import { type ReadContractParameters, readContract } from 'viem/actions'
import { getAction } from 'viem/utils'

import { checkArguments } from '../call/checkArguments.js'
import type { CallFailedError } from '../errors/CallFailedError.js'
import type { ContractMissingError } from '../errors/ContractMissingError.js'
import type { ContractRevertError } from '../errors/ContractRevertError.js'
import type { AnyReverts, Reverts } from '../errors/fromRevert.js'
import type { InvalidAddressError } from '../errors/InvalidAddressError.js'
import type { InvalidAmountError } from '../errors/InvalidAmountError.js'
import { toCallError } from '../errors/toCallError.js'
import type { ReadClient } from './client.js'

type View = 'pure' | 'view'

/**
 * Reads from a contract, and turns its reverts into typed errors.
 *
 * @param client - Client of the contract's chain.
 * @param parameters - {@link read.Parameters}
 * @returns What the function returns.
 */
export async function read<
  const abi extends Abi,
  const functionName extends ContractFunctionName<abi, View>,
  const args extends ContractFunctionArgs<abi, View, functionName>,
>(
  client: ReadClient,
  parameters: read.Parameters<abi, functionName, args>,
): Promise<ContractFunctionReturnType<abi, View, functionName, args>> {
  const { abi, address, args, functionName, reverts = {} } = parameters
  checkArguments(abi, functionName, args)
  try {
    const result = await getAction(
      client,
      readContract,
      'readContract',
    )({
      abi,
      address,
      args,
      functionName,
    } as ReadContractParameters)
    // viem decoded it by the same ABI that computed the type.
    return result as ContractFunctionReturnType<abi, View, functionName, args>
  } catch (cause) {
    throw toCallError(cause, { abi, address, functionName, reverts })
  }
}

export declare namespace read {
  type Parameters<
    abi extends Abi,
    functionName extends ContractFunctionName<abi, View>,
    args extends ContractFunctionArgs<abi, View, functionName>,
  > = {
    abi: abi
    address: Address
    args: args
    functionName: functionName
    reverts?: Reverts<abi> | undefined
  }
  /** What a read can fail with: always the same few, and the classes of the named errors of its contract. */
  type ErrorType<reverts extends AnyReverts = Record<never, never>, names extends keyof reverts = never> =
    | CallFailedError
    | ContractMissingError
    | ContractRevertError
    | InvalidAddressError
    | InvalidAmountError
    | ReturnType<NonNullable<reverts[names]>>
}
