import { zeroAddress } from 'viem'
import { expect, test } from 'vitest'
import { alice, bob, carol, client, clientOf, deployment, isolate } from '~test/anvil.js'

import { confirm } from '../call/confirm.js'
import { AccessDeniedError } from '../errors/AccessDeniedError.js'
import { approve } from '../token/approve.js'
import { burn } from '../token/burn.js'
import { CapExceededError, InsufficientAllowanceError } from '../token/errors.js'
import { getBalance } from '../token/getBalance.js'
import { crosschainBurn } from './crosschainBurn.js'
import { crosschainMint } from './crosschainMint.js'
import {
  BridgeLimitExceededError,
  InvalidBridgeError,
  InvalidBridgeLimitError,
  UnauthorizedBridgeError,
} from './errors.js'
import { getBridgeAvailable } from './getBridgeAvailable.js'
import { getBridgeLimits } from './getBridgeLimits.js'
import { setBridgeLimits } from './setBridgeLimits.js'

const token = deployment.aiToken
const bridge = clientOf(bob)
const limits = {
  inbound: { capacity: 100n, window: 3600 },
  outbound: { capacity: 50n, window: 3600 },
}

isolate()

async function addBridge(): Promise<void> {
  await confirm(client, { hash: await setBridgeLimits(client, { bridge: bob.address, limits, token }) })
  // The whole supply is at the cap: make room for what comes across.
  await confirm(client, { hash: await burn(client, { amount: 1000n, token }) })
}

test('default', async () => {
  await addBridge()
  expect(await getBridgeLimits(client, { bridge: bob.address, token })).toEqual(limits)
  expect(await getBridgeAvailable(client, { bridge: bob.address, token })).toEqual({
    inbound: 100n,
    outbound: 50n,
  })

  await confirm(client, { hash: await crosschainMint(bridge, { amount: 40n, to: carol.address, token }) })
  expect(await getBalance(client, { account: carol.address, token })).toBe(40n)
  expect((await getBridgeAvailable(client, { bridge: bob.address, token })).inbound).toBeLessThan(100n)
})

test('behavior: a bridge burns within the allowance of the holder', async () => {
  await addBridge()
  const burned = { amount: 10n, from: alice.address, token }
  await expect(crosschainBurn(bridge, burned)).rejects.toBeInstanceOf(InsufficientAllowanceError)
  await confirm(client, { hash: await approve(client, { amount: 10n, spender: bob.address, token }) })
  const before = await getBalance(client, { account: alice.address, token })
  await confirm(client, { hash: await crosschainBurn(bridge, burned) })
  expect(await getBalance(client, { account: alice.address, token })).toBe(before - 10n)
})

test('error: BridgeLimitExceededError', async () => {
  await addBridge()
  const minted = crosschainMint(bridge, { amount: 101n, to: carol.address, token })
  await expect(minted).rejects.toBeInstanceOf(BridgeLimitExceededError)
  await expect(minted).rejects.toMatchObject({ amount: 101n, available: 100n, bridge: bob.address })
})

test('error: UnauthorizedBridgeError', async () => {
  const minted = crosschainMint(clientOf(carol), { amount: 1n, to: carol.address, token })
  await expect(minted).rejects.toBeInstanceOf(UnauthorizedBridgeError)
})

test('error: CapExceededError', async () => {
  await confirm(client, { hash: await setBridgeLimits(client, { bridge: bob.address, limits, token }) })
  const minted = crosschainMint(bridge, { amount: 1n, to: carol.address, token })
  await expect(minted).rejects.toBeInstanceOf(CapExceededError)
})

test('error: InvalidBridgeError', async () => {
  const set = setBridgeLimits(client, { bridge: zeroAddress, limits, token })
  await expect(set).rejects.toBeInstanceOf(InvalidBridgeError)
})

test('error: InvalidBridgeLimitError', async () => {
  for (const outbound of [
    { capacity: 1n, window: 0 },
    { capacity: 0n, window: 1 },
  ]) {
    const set = setBridgeLimits(client, { bridge: bob.address, limits: { ...limits, outbound }, token })
    await expect(set).rejects.toBeInstanceOf(InvalidBridgeLimitError)
  }
})

test('error: AccessDeniedError', async () => {
  const set = setBridgeLimits(bridge, { bridge: bob.address, limits, token })
  await expect(set).rejects.toBeInstanceOf(AccessDeniedError)
})
