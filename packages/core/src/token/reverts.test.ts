import { type AbiParameter, encodeErrorResult, encodeFunctionData } from 'viem'
import { expect, test } from 'vitest'

import { describe } from '../description/describe.js'
import { AitokenError } from '../errors/AitokenError.js'
import { fromRevertData } from '../errors/fromRevert.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import { tokenReverts, tokenSource } from './reverts.js'

const account = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

/** Some value of a type, as viem takes it. */
function sampleOf(parameter: AbiParameter): unknown {
  if ('components' in parameter)
    return Object.fromEntries(parameter.components.map((component) => [component.name, sampleOf(component)]))
  const { type } = parameter
  if (type === 'address') return account
  if (type === 'string') return 'text'
  if (type === 'bytes') return '0x12'
  if (type === 'bytes32') return `0x${'12'.repeat(32)}`
  if (type === 'uint8' || type === 'uint32' || type === 'uint48') return 7
  return 7n
}

const errors = aiTokenAbi.filter((item) => item.type === 'error')
const writes = aiTokenAbi.filter(
  (item) => item.type === 'function' && !['pure', 'view'].includes(item.stateMutability),
)

test('default', () => {
  for (const item of errors) {
    const data = encodeErrorResult({
      abi: [item],
      args: item.inputs.map(sampleOf),
      errorName: item.name,
    } as Parameters<typeof encodeErrorResult>[0])
    const error = fromRevertData(data, { cause: data, functionName: 'f', sources: [tokenSource()] })

    expect(AitokenError.is(error)).toBe(true)
    expect(error.name, item.name).not.toBe('ContractRevertError')
    expect(error.constructor.name).toBe(error.name)
    expect(error.hints.length, item.name).toBeGreaterThan(0)
    expect(error.message).toContain(error.shortMessage)
    expect(error.message).not.toContain('undefined')
    expect(error.cause).toBe(data)
  }
  expect(Object.keys(tokenReverts)).toHaveLength(errors.length)
})

test('behavior: every function that changes state is said in English', () => {
  for (const item of writes) {
    if (item.type !== 'function') continue
    const data = encodeFunctionData({
      abi: [item],
      args: item.inputs.map(sampleOf),
      functionName: item.name,
    } as Parameters<typeof encodeFunctionData>[0])
    const [line = ''] = describe([
      { abi: [], args: [], data, functionName: item.name, to: account, value: 0n },
    ])

    expect(line, item.name).toMatch(/^[A-Z].*\.$/)
    expect(line, item.name).not.toMatch(/undefined|Call the unknown|do not decode/)
  }
})
