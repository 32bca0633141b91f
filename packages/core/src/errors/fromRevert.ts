import type { Abi, AbiParametersToPrimitiveTypes, ExtractAbiError, ExtractAbiErrorNames } from 'abitype'
import { decodeErrorResult, type Hex, isHex } from 'viem'

import type { AitokenError } from './AitokenError.js'
import { ContractRevertError } from './ContractRevertError.js'
import { findCause } from './findCause.js'

/** Which class stands for which custom error of a contract. */
export type Reverts<abi extends Abi> = {
  readonly [name in ExtractAbiErrorNames<abi>]?: (
    args: AbiParametersToPrimitiveTypes<ExtractAbiError<abi, name>['inputs']>,
    cause: unknown,
  ) => AitokenError
}

/** A table of {@link Reverts}, whatever its ABI. */
export type AnyReverts = Readonly<Record<string, ((args: never, cause: unknown) => AitokenError) | undefined>>

/** A contract whose reverts can be recognised: its ABI, and the classes of its errors. */
export type ErrorSource = { readonly abi: Abi; readonly reverts: AnyReverts }

/**
 * Turns a failed contract call into the class that stands for its revert.
 *
 * @param cause - What the call threw.
 * @param parameters - {@link fromRevert.Parameters}
 * @returns The typed error, or undefined when `cause` is not a revert.
 */
export function fromRevert(cause: unknown, parameters: fromRevert.Parameters): AitokenError | undefined {
  const { abi, functionName, nested = [], reverts } = parameters
  const sources = [{ abi, reverts }, ...nested]
  const carrier = findCause(cause, (error): error is object => revertDataOf(error) !== undefined)
  const data = carrier && revertDataOf(carrier)
  if (data) return fromRevertData(data, { cause, functionName, sources })

  const bare = findCause(cause, isBareRevert)
  return bare && new ContractRevertError({ cause, functionName, reason: bare.reason })
}

export declare namespace fromRevert {
  type Parameters = {
    /** ABI of the contract that was called. */
    abi: Abi
    /** The function that was called. */
    functionName: string
    /** Other contracts that it calls, whose errors may surface. */
    nested?: readonly ErrorSource[] | undefined
    /** Classes of the contract's errors. */
    reverts: AnyReverts
  }
}

/**
 * Turns what a reverting contract returned into the class that stands for it.
 *
 * @param data - What the contract returned.
 * @param parameters - {@link fromRevertData.Parameters}
 * @returns The typed error.
 */
export function fromRevertData(data: Hex, parameters: fromRevertData.Parameters): AitokenError {
  const { cause, functionName, sources } = parameters
  let named: ContractRevertError | undefined
  for (const { abi, reverts } of sources) {
    const decoded = decode(abi, data)
    if (!decoded) continue
    const { args = [], errorName } = decoded
    if (errorName === 'Error' || errorName === 'Panic') {
      const reason = reasonFrom(errorName, args[0])
      return new ContractRevertError({ args, cause, data, functionName, reason })
    }
    // The name was found in this table's own ABI, so its entry takes these arguments.
    const create = reverts[errorName] as
      | ((args: readonly unknown[], cause: unknown) => AitokenError)
      | undefined
    if (create) return create(args, cause)
    // Another source may know the same error, and have a class for it.
    named ??= new ContractRevertError({ args, cause, data, functionName, revert: errorName })
  }
  return named ?? new ContractRevertError({ cause, data, functionName })
}

export declare namespace fromRevertData {
  type Parameters = {
    /** What was thrown, if anything was. */
    cause?: unknown
    /** The function that was called. */
    functionName: string
    /** Contracts whose errors may appear, the called one first. */
    sources: readonly ErrorSource[]
  }
}

function decode(
  abi: Abi,
  data: Hex,
): { args?: readonly unknown[] | undefined; errorName: string } | undefined {
  try {
    return decodeErrorResult({ abi, data })
  } catch {
    // Not an error of this ABI; the next one may know it.
    return undefined
  }
}

function reasonFrom(errorName: 'Error' | 'Panic', value: unknown): string {
  return errorName === 'Error' ? String(value) : `panic 0x${BigInt(String(value)).toString(16)}`
}

/** What the contract returned, wherever the node or viem put it. */
function revertDataOf(error: object): Hex | undefined {
  for (const candidate of [Reflect.get(error, 'raw'), Reflect.get(error, 'data')]) {
    if (isRevertData(candidate)) return candidate
    if (typeof candidate !== 'object' || candidate === null) continue
    const inner: unknown = Reflect.get(candidate, 'data')
    if (isRevertData(inner)) return inner
  }
  return undefined
}

function isRevertData(value: unknown): value is Hex {
  return isHex(value) && value.length >= 10
}

function isBareRevert(error: object): error is { reason?: string | undefined } {
  const name: unknown = Reflect.get(error, 'name')
  return name === 'ContractFunctionRevertedError' || name === 'ExecutionRevertedError'
}
