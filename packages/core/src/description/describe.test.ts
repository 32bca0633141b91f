import { encodeFunctionData, parseAbi, parseEther, zeroAddress } from 'viem'
import { expect, test } from 'vitest'
import { alice, bob, deployment } from '~test/anvil.js'

import { transferWithAuthorizationCall } from '../authorization/transferWithAuthorization.js'
import { setBridgeLimitsCall } from '../bridge/setBridgeLimits.js'
import { call } from '../call/call.js'
import { deserializeCall } from '../call/deserializeCall.js'
import { serializeCall } from '../call/serializeCall.js'
import { permitCall } from '../permit/permit.js'
import { approveCall } from '../token/approve.js'
import { mintCall } from '../token/mint.js'
import { transferCall } from '../token/transfer.js'
import { delegateCall } from '../votes/delegate.js'
import { describe } from './describe.js'

const token = deployment.aiToken
const names = { [alice.address]: 'Alice', [bob.address]: 'Bob', [token]: 'AI Token' } as const
const tokens = { [token]: { decimals: 18, symbol: 'AIT' } } as const
const signature = `0x${'11'.repeat(64)}1b` as const

test('default', () => {
  const nothing = { capacity: 0n, window: 0 }
  const calls = [
    transferCall({ amount: parseEther('12.5'), to: bob.address, token }),
    approveCall({ amount: 1n, spender: bob.address, token }),
    approveCall({ amount: 0n, spender: bob.address, token }),
    mintCall({ amount: parseEther('1'), to: bob.address, token }),
    delegateCall({ delegatee: bob.address, token }),
    delegateCall({ delegatee: zeroAddress, token }),
    permitCall({
      amount: 1n,
      deadline: 1_900_000_000n,
      owner: alice.address,
      signature,
      spender: bob.address,
      token,
    }),
    permitCall({
      amount: 1n,
      deadline: 2n ** 256n - 1n,
      owner: alice.address,
      signature,
      spender: bob.address,
      token,
    }),
    setBridgeLimitsCall({ bridge: bob.address, limits: { inbound: nothing, outbound: nothing }, token }),
    transferWithAuthorizationCall({
      amount: parseEther('2'),
      from: alice.address,
      nonce: `0x${'12'.repeat(32)}`,
      signature,
      to: bob.address,
      token,
      validAfter: 0n,
      validBefore: 1n,
    }),
  ]

  expect(describe(calls, { names, tokens })).toEqual([
    'Transfer 12.5 AIT to Bob.',
    'Allow Bob to spend 0.000000000000000001 AIT.',
    'Withdraw the allowance of Bob.',
    'Create 1 AIT for Bob.',
    'Delegate votes to Bob.',
    'Delegate votes to nobody.',
    'Allow Bob to spend 0.000000000000000001 AIT of Alice, signed until 2030-03-17T17:46:40.000Z.',
    'Allow Bob to spend 0.000000000000000001 AIT of Alice, signed until the end of time.',
    'Remove bridge Bob.',
    'Transfer 2 AIT from Alice to Bob, as Alice signed.',
  ])
})

test('behavior: units are shown only when they are known', () => {
  const transferred = transferCall({ amount: 5n, to: bob.address, token })
  expect(describe([transferred])).toEqual([`Transfer 5 base units of ${token} to ${bob.address}.`])
})

test('behavior: says what the bytes do, whatever is written beside them', () => {
  const honest = transferCall({ amount: 5n, to: alice.address, token })
  const data = transferCall({ amount: 7n, to: bob.address, token }).data
  expect(
    describe([{ ...honest, data }], { names, tokens: { [token]: { decimals: 0, symbol: 'AIT' } } }),
  ).toEqual(['Transfer 7 AIT to Bob.'])
})

test('behavior: a call that came as JSON reads the same', () => {
  const built = transferCall({ amount: parseEther('12.5'), to: bob.address, token })
  expect(describe([deserializeCall(serializeCall(built))], { names, tokens })).toEqual(
    describe([built], { names, tokens }),
  )
})

test('behavior: what has no phrase is named, what is unknown is said to be', () => {
  const abi = parseAbi(['function fund(uint256 amount, (address to, bytes data) plan) payable'])
  const funded = call({
    abi,
    args: [5n, { data: '0x12', to: bob.address }],
    functionName: 'fund',
    to: token,
    value: parseEther('0.5'),
  })
  expect(describe([funded, { ...funded, abi: [], value: 0n }], { names })).toEqual([
    `Call fund(amount: "5", plan: {"to":"${bob.address}","data":"0x12"}) of AI Token, sending 0.5 ETH.`,
    `Call the unknown function ${funded.data.slice(0, 10)} of AI Token.`,
  ])
})

test('behavior: bytes that do not decode are not guessed at', () => {
  const cut = transferCall({ amount: 5n, to: bob.address, token })
  expect(describe([{ ...cut, data: cut.data.slice(0, 40) as `0x${string}` }], { names })).toEqual([
    `Call transfer of AI Token with arguments that do not decode.`,
  ])
})

test('behavior: phrases of other contracts come first', () => {
  const abi = parseAbi(['function transfer(address to, uint256 amount)'])
  const phrases = [{ abi, phrases: { transfer: () => 'Do as we say' } }]
  expect(describe([transferCall({ amount: 5n, to: bob.address, token })], { phrases })).toEqual([
    'Do as we say.',
  ])
  expect(encodeFunctionData({ abi, args: [bob.address, 5n], functionName: 'transfer' })).toMatch(
    /^0xa9059cbb/,
  )
})
