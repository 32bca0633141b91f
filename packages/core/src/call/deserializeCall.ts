import type { AbiFunction } from 'abitype'
import { decodeFunctionData, encodeFunctionData, isAddress, isHex, maxUint256 } from 'viem'
import * as z from 'zod/mini'

import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import type { Call } from './call.js'
import { toFunctionItem } from './toFunctionItem.js'

/**
 * Reads a call that {@link serializeCall} wrote. The arguments are decoded from the bytes, so they cannot say
 * anything else than what would be executed.
 *
 * @param json - JSON of a call, from anywhere.
 * @returns The call, frozen. Its ABI is the one function.
 * @throws {@link InvalidArgumentError} when it is not a call, or its bytes do not fit its function.
 *
 * @example
 * ```ts
 * import { describe, deserializeCall } from '@aitoken/core'
 *
 * export function review(json: string): string[] {
 *   return describe([deserializeCall(json)])
 * }
 * ```
 */
export function deserializeCall(json: string): Call<readonly [AbiFunction]> {
  const { data, function: item, to, value } = parse(json)
  const abi = Object.freeze([Object.freeze(item)] as const)
  toFunctionItem({ abi, data })
  const args = decode(item, data)
  return Object.freeze({
    abi,
    args: Object.freeze(args),
    data,
    functionName: item.name,
    to,
    value: BigInt(value),
  })
}

function decode(item: AbiFunction, data: `0x${string}`): readonly unknown[] {
  try {
    const { args = [] } = decodeFunctionData({ abi: [item] as readonly AbiFunction[], data })
    // Bytes that decode but would be encoded otherwise (left-over or dirty ones) hide something.
    if (encodeFunctionData({ abi: [item], args: [...args], functionName: item.name }) === data.toLowerCase())
      return args
  } catch (cause) {
    throw new InvalidArgumentError({
      cause,
      expected: `arguments of ${item.name}`,
      field: 'data',
      value: data,
    })
  }
  throw new InvalidArgumentError({
    expected: `arguments of ${item.name} and no more`,
    field: 'data',
    value: data,
  })
}

function parse(json: string): z.infer<ReturnType<typeof schema>> {
  try {
    return schema().parse(JSON.parse(json))
  } catch (cause) {
    throw new InvalidArgumentError({
      cause,
      expected: 'a call that `serializeCall` wrote',
      field: 'json',
      value: json,
    })
  }
}

function schema() {
  const parameter = z.object({
    get components() {
      return z.optional(z.array(parameter))
    },
    name: z.optional(z.string()),
    type: z.string(),
  })
  const hex = z.custom<`0x${string}`>((value) => isHex(value) && value.length % 2 === 0)
  return z.object({
    data: hex,
    function: z.object({
      inputs: z.array(parameter),
      name: z.string(),
      outputs: z.array(parameter),
      stateMutability: z.enum(['nonpayable', 'payable']),
      type: z.literal('function'),
    }),
    to: z.custom<`0x${string}`>((value) => typeof value === 'string' && isAddress(value)),
    value: z.string().check(
      z.regex(/^(0|[1-9]\d{0,77})$/),
      z.refine((text) => BigInt(text) <= maxUint256),
    ),
  })
}

export declare namespace deserializeCall {
  type ErrorType = InvalidArgumentError
}
