import type { AbiFunction } from 'abitype'
import {
  type Address,
  decodeFunctionData,
  encodeFunctionData,
  type Hex,
  isAddress,
  isHex,
  maxUint256,
} from 'viem'

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
    value,
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

/** What the text holds, by its shape only: whether the bytes fit the function is checked after. */
type Written = { data: Hex; function: AbiFunction; to: Address; value: bigint }

type Parameter = { components?: readonly Parameter[]; name?: string; type: string }

function parse(json: string): Written {
  try {
    return readCall(JSON.parse(json))
  } catch (cause) {
    throw new InvalidArgumentError({
      cause,
      expected: 'a call that `serializeCall` wrote',
      field: 'json',
      value: json,
    })
  }
}

function readCall(json: unknown): Written {
  const fields = readFields(json, 'call')
  const [data, to, value] = [fields.get('data'), fields.get('to'), fields.get('value')]
  if (!isHex(data) || data.length % 2 !== 0) throw refuse('data', 'hexadecimal of whole bytes', data)
  if (typeof to !== 'string' || !isAddress(to)) throw refuse('to', 'an address', to)
  if (typeof value !== 'string' || !/^(0|[1-9]\d{0,77})$/.test(value) || BigInt(value) > maxUint256)
    throw refuse('value', 'decimal digits of a uint256', value)
  return { data, function: readFunction(fields.get('function')), to, value: BigInt(value) }
}

function readFunction(json: unknown): AbiFunction {
  const fields = readFields(json, 'function')
  const stateMutability = fields.get('stateMutability')
  if (stateMutability !== 'nonpayable' && stateMutability !== 'payable')
    throw refuse('function.stateMutability', 'one of a function that changes state', stateMutability)
  const type = fields.get('type')
  if (type !== 'function') throw refuse('function.type', '`function`', type)
  return {
    inputs: readParameters(fields.get('inputs'), 'function.inputs'),
    name: readText(fields.get('name'), 'function.name'),
    outputs: readParameters(fields.get('outputs'), 'function.outputs'),
    stateMutability,
    type,
  }
}

function readParameters(json: unknown, path: string): readonly Parameter[] {
  if (!Array.isArray(json)) throw refuse(path, 'a list', json)
  return json.map((item: unknown, index) => {
    const at = `${path}.${index}`
    const fields = readFields(item, at)
    const [components, name] = [fields.get('components'), fields.get('name')]
    return {
      ...(components === undefined ? {} : { components: readParameters(components, `${at}.components`) }),
      ...(name === undefined ? {} : { name: readText(name, `${at}.name`) }),
      type: readText(fields.get('type'), `${at}.type`),
    }
  })
}

function readFields(json: unknown, path: string): ReadonlyMap<string, unknown> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return new Map(Object.entries(json))
  throw refuse(path, 'an object', json)
}

function readText(json: unknown, path: string): string {
  if (typeof json === 'string') return json
  throw refuse(path, 'a text', json)
}

function refuse(field: string, expected: string, value: unknown): InvalidArgumentError {
  return new InvalidArgumentError({ expected, field, value: JSON.stringify(value) ?? 'nothing' })
}

export declare namespace deserializeCall {
  type ErrorType = InvalidArgumentError
}
