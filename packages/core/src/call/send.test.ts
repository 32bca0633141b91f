import { type Address, createClient, custom } from 'viem'
import { nonceManager, privateKeyToAccount } from 'viem/accounts'
import { anvil } from 'viem/chains'
import { expect, test } from 'vitest'
import { alice, bob, carol, client, clientOf, dave, deployment, isolate, keys } from '~test/anvil.js'

import { burn } from '../token/burn.js'
import { transfer, transferCall } from '../token/transfer.js'
import { delegate } from '../votes/delegate.js'
import { confirm } from './confirm.js'
import { send } from './send.js'

const token = deployment.aiToken

isolate()

test('default', async () => {
  const call = transferCall({ amount: 5n, to: bob.address, token })
  const { receipt } = await confirm(client, { call, hash: await send(client, call) })
  expect(receipt.status).toBe('success')
})

test('behavior: an estimate made in the second of the last change of votes suffices in the next', async () => {
  await confirm(client, { hash: await delegate(client, { delegatee: dave.address, token }) })
  await confirm(client, { hash: await delegate(clientOf(bob), { delegatee: carol.address, token }) })
  for (let round = 0; round < 4; round++) {
    await confirm(client, { hash: await transfer(client, { amount: 5n, to: bob.address, token }) })
    await confirm(client, { hash: await burn(client, { amount: 5n, token }) })
  }
})

test('behavior: two requests a transaction, and one the first time for the code', async () => {
  const methods: string[] = []
  const counted = createClient({
    account: alice,
    chain: anvil,
    transport: custom({
      request: (request) => {
        methods.push(request.method)
        return client.request(request)
      },
    }),
  })
  await send(counted, transferCall({ amount: 5n, to: bob.address, token }))
  expect(methods.sort()).toEqual(['eth_fillTransaction', 'eth_getCode', 'eth_sendRawTransaction'])

  methods.length = 0
  await send(counted, transferCall({ amount: 5n, to: bob.address, token: token.toLowerCase() as Address }))
  expect(methods).toEqual(['eth_fillTransaction', 'eth_sendRawTransaction'])
})

test('behavior: an account that counts its nonces can send several at once', async () => {
  const counting = clientOf(privateKeyToAccount(keys.alice, { nonceManager }))
  const hashes = await Promise.all(
    [1n, 2n, 3n].map((amount) => transfer(counting, { amount, to: bob.address, token })),
  )
  for (const hash of hashes) await confirm(client, { hash })
})
