import fc from 'fast-check'
import { encodeFunctionData, erc20Abi, getAddress, parseAbi, toHex } from 'viem'
import { expect, test } from 'vitest'
import { alice, bob, deployment } from '~test/anvil.js'

import { InvalidAddressError } from '../errors/InvalidAddressError.js'
import { InvalidAmountError } from '../errors/InvalidAmountError.js'
import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import { transferCall } from '../token/transfer.js'
import { call } from './call.js'
import { deserializeCall } from './deserializeCall.js'
import { serializeCall } from './serializeCall.js'

const token = deployment.aiToken
const address = fc.uint8Array({ maxLength: 20, minLength: 20 }).map((bytes) => getAddress(toHex(bytes)))
const amount = fc.bigInt({ max: 2n ** 256n - 1n, min: 0n })
const nested = parseAbi(['function fund((address payer, uint64[] steps)[] plans, bytes32 id) payable'])

test('default', () => {
  const built = transferCall({ amount: 5n, to: bob.address, token })

  expect(built).toMatchObject({ args: [bob.address, 5n], functionName: 'transfer', to: token, value: 0n })
  expect(built.data).toBe(
    encodeFunctionData({ abi: erc20Abi, args: [bob.address, 5n], functionName: 'transfer' }),
  )
})

test('behavior: is frozen plain data', () => {
  const built = transferCall({ amount: 5n, to: bob.address, token })

  expect(Object.isFrozen(built)).toBe(true)
  expect(Object.isFrozen(built.args)).toBe(true)
  expect(structuredClone(built)).toEqual(built)
})

test('property: what was serialised is read back, by its bytes', () => {
  fc.assert(
    fc.property(address, amount, amount, (to, value, sent) => {
      const built = call({
        abi: erc20Abi,
        args: [to, value],
        functionName: 'transfer',
        to: token,
        value: sent,
      })
      const read = deserializeCall(serializeCall(built))
      expect(read).toMatchObject({
        args: built.args,
        data: built.data,
        functionName: 'transfer',
        to: token,
        value: sent,
      })
      expect(read.abi).toHaveLength(1)
      expect(Object.isFrozen(read)).toBe(true)
    }),
  )
})

test('behavior: nested arguments survive', () => {
  const args = [[{ payer: alice.address, steps: [1n, 2n] }], `0x${'12'.repeat(32)}`] as const
  const built = call({ abi: nested, args, functionName: 'fund', to: token, value: 7n })

  expect(deserializeCall(serializeCall(built))).toMatchObject({ args, data: built.data, value: 7n })
})

test('property: a call that was tampered with is refused', () => {
  const json = serializeCall(transferCall({ amount: 5n, to: bob.address, token }))
  const record: { data: string } = JSON.parse(json)
  const tampered = [
    { ...record, data: `${record.data}00` },
    { ...record, data: '0xa9059cbb' },
    { ...record, data: '0x' },
    { ...record, data: `0x23b872dd${record.data.slice(10)}` },
    { ...record, to: '0x12' },
    { ...record, value: '-1' },
    { ...record, value: '1e18' },
    { ...record, value: String(2n ** 256n) },
    { ...record, function: { name: 'transfer' } },
    {
      ...record,
      function: {
        inputs: [{ type: 'what' }],
        name: 'f',
        outputs: [],
        stateMutability: 'payable',
        type: 'function',
      },
    },
  ]
  for (const value of tampered)
    expect(() => deserializeCall(JSON.stringify(value))).toThrow(InvalidArgumentError)
  const item: { inputs: object[] } = JSON.parse(json).function
  const [first, ...rest] = item.inputs
  for (const altered of [
    null,
    [],
    { ...item, inputs: 'to' },
    { ...item, inputs: [null, ...rest] },
    { ...item, inputs: [{ ...first, name: 5 }, ...rest] },
    { ...item, inputs: [{ ...first, components: 5 }, ...rest] },
    { ...item, inputs: [{ ...first, components: [{ name: 'x' }] }, ...rest] },
    { ...item, name: undefined },
    { ...item, outputs: undefined },
    { ...item, stateMutability: 'view' },
    { ...item, type: 'event' },
  ])
    expect(() => deserializeCall(JSON.stringify({ ...record, function: altered }))).toThrow(
      InvalidArgumentError,
    )
  for (const text of ['', 'null', '[]', '{}', 'x'])
    expect(() => deserializeCall(text)).toThrow(InvalidArgumentError)

  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => deserializeCall(text)).toThrow(InvalidArgumentError)
    }),
  )
})

test('error: InvalidAddressError', () => {
  const plans = [{ payer: '0x12', steps: [] }] as const
  const id = `0x${'12'.repeat(32)}` as const
  expect(() => call({ abi: nested, args: [plans, id], functionName: 'fund', to: token })).toThrow(
    InvalidAddressError,
  )
  expect(() => call({ abi: nested, args: [[], id], functionName: 'fund', to: '0x' })).toThrow(
    InvalidAddressError,
  )
})

test('error: InvalidAmountError', () => {
  const id = `0x${'12'.repeat(32)}` as const
  const steps = [2n ** 64n]
  const args = [[{ payer: bob.address, steps }], id] as const
  expect(() => call({ abi: nested, args, functionName: 'fund', to: token })).toThrow(InvalidAmountError)
  for (const value of [-1n, 2n ** 256n])
    expect(() => call({ abi: nested, args: [[], id], functionName: 'fund', to: token, value })).toThrow(
      InvalidAmountError,
    )
})

test('error: InvalidArgumentError', () => {
  expect(() => call({ abi: nested, args: [[], '0x12'], functionName: 'fund', to: token })).toThrow(
    InvalidArgumentError,
  )
})
