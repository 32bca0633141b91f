import type { Abi, AbiFunction, AbiParameter } from 'abitype'
import { isAddress } from 'viem'

import { InvalidAddressError } from '../errors/InvalidAddressError.js'
import { InvalidAmountError } from '../errors/InvalidAmountError.js'

/** Names the argument that is wrong before the encoder fails without naming it. */
export function checkArguments(abi: Abi, functionName: string, args: unknown): void {
  const values = Array.isArray(args) ? args : []
  const item = abi.find(
    (item): item is AbiFunction =>
      item.type === 'function' && item.name === functionName && item.inputs.length === values.length,
  )
  for (const [index, input] of (item?.inputs ?? []).entries())
    checkValue(input, values[index], `${functionName}.${toParameter(input.name) || index}`)
}

/** The ERCs call `value` what every action here takes as `amount`; a call's `value` is native coin. */
function toParameter(name: string | undefined): string | undefined {
  return name === 'value' ? 'amount' : name
}

/** Requires an address, with a valid checksum when it carries one. */
export function checkAddress(value: unknown, field: string): void {
  if (typeof value !== 'string' || !isAddress(value)) throw new InvalidAddressError({ field, value })
}

function checkValue(parameter: AbiParameter, value: unknown, field: string): void {
  const { type } = parameter
  if (type.endsWith(']')) {
    if (!Array.isArray(value)) return // the encoder says what is wrong
    const element = { ...parameter, type: type.slice(0, type.lastIndexOf('[')) }
    for (const [index, entry] of value.entries()) checkValue(element, entry, `${field}[${index}]`)
  } else if (type === 'address') checkAddress(value, field)
  else if (type.startsWith('uint')) checkUnsigned(Number(type.slice(4) || 256), value, field)
  else if (type === 'tuple' && 'components' in parameter && typeof value === 'object' && value !== null)
    for (const [index, component] of parameter.components.entries()) {
      const key = Array.isArray(value) ? index : (component.name ?? index)
      checkValue(component, Reflect.get(value, key), `${field}.${key}`)
    }
}

function checkUnsigned(bits: number, value: unknown, field: string): void {
  const max = 2n ** BigInt(bits) - 1n
  // Solidity's small integers are numbers in viem, everything above 48 bits is a bigint.
  const whole = bits <= 48 && typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof whole !== 'bigint' || whole < 0n || whole > max)
    throw new InvalidAmountError({ field, max, value })
}
