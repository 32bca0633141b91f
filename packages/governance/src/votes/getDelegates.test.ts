import { aiTokenAbi } from '@aitoken/core/abis'
import { createLogDecoder } from '@aitoken/core/internal'
import fc from 'fast-check'
import {
  decodeEventLog,
  encodeAbiParameters,
  encodeEventTopics,
  getAddress,
  http,
  toEventSelector,
  toHex,
  zeroAddress,
} from 'viem'
import { anvil } from 'viem/chains'
import { expect, test } from 'vitest'
import { alice, bob, carol, client, clientOf, dave, deployment, isolate, rpcUrl } from '~test/anvil.js'

import { createAitoken } from '../client/createAitoken.js'
import { governanceActions } from '../client/governanceActions.js'
import { delegateChangedEvent, delegateVotesChangedEvent } from './delegationEvents.js'
import { getDelegates } from './getDelegates.js'
import { getVotingPowerHistory } from './getVotingPowerHistory.js'

const token = deployment.aiToken
const aitoken = createAitoken({
  account: alice,
  chain: anvil,
  pollingInterval: 20,
  token,
  transport: http(rpcUrl),
})

isolate()

async function mined(hash: Promise<`0x${string}`>): Promise<void> {
  await client.waitForTransactionReceipt({ hash: await hash })
}

test('default', async () => {
  await mined(aitoken.votes.delegate({ delegatee: dave.address }))
  await mined(clientOf(bob).extend(governanceActions()).votes.delegate({ delegatee: dave.address, token }))
  await mined(clientOf(carol).extend(governanceActions()).votes.delegate({ delegatee: carol.address, token }))

  const delegations = await getDelegates(client, { token })
  expect(delegations.map(({ delegatee, delegator }) => [delegator, delegatee])).toEqual([
    [alice.address, dave.address],
    [bob.address, dave.address],
    [carol.address, carol.address],
  ])
  expect(await getDelegates(client, { delegatee: carol.address, token })).toHaveLength(1)
})

test('behavior: only what is in force', async () => {
  for (const delegatee of [dave.address, carol.address]) await mined(aitoken.votes.delegate({ delegatee }))
  expect(await aitoken.votes.getDelegates()).toMatchObject([{ delegatee: carol.address }])

  const toBlock = await client.getBlockNumber()
  await mined(aitoken.votes.delegate({ delegatee: zeroAddress }))
  expect(await aitoken.votes.getDelegates()).toEqual([])
  expect(await aitoken.votes.getDelegates({ toBlock })).toHaveLength(1)
})

test('behavior: the logs tell what the token tells', async () => {
  await mined(aitoken.votes.delegate({ delegatee: dave.address }))
  await mined(aitoken.ait.transfer({ amount: 10n, to: bob.address }))
  const signed = await clientOf(bob)
    .extend(governanceActions())
    .votes.signDelegation({ delegatee: dave.address, token })
  await mined(aitoken.votes.delegateBySig(signed))

  const changes = await getVotingPowerHistory(client, { account: dave.address, token })
  expect(changes).toMatchObject([
    { previousVotes: 0n, votes: 10n ** 27n },
    { previousVotes: 10n ** 27n, votes: 10n ** 27n - 10n },
    { previousVotes: 10n ** 27n - 10n, votes: 10n ** 27n },
  ])
  expect(changes.at(-1)?.votes).toBe(await aitoken.votes.getVotes({ account: dave.address }))
  for (const { delegatee, delegator } of await getDelegates(client, { token }))
    expect(await aitoken.votes.getDelegate({ account: delegator })).toBe(delegatee)
})

test('behavior: the events are those of the token', () => {
  for (const event of [delegateChangedEvent, delegateVotesChangedEvent])
    expect(
      aiTokenAbi.some((item) => item.type === 'event' && toEventSelector(item) === toEventSelector(event)),
    ).toBe(true)
})

test('property: decodes as viem does', () => {
  const address = fc.uint8Array({ maxLength: 20, minLength: 20 }).map((bytes) => getAddress(toHex(bytes)))
  const votes = fc.bigInt({ max: 2n ** 208n - 1n, min: 0n })
  fc.assert(
    fc.property(
      address,
      address,
      address,
      votes,
      votes,
      (delegator, fromDelegate, toDelegate, previous, next) => {
        const changed = {
          data: '0x' as const,
          topics: encodeEventTopics({
            abi: aiTokenAbi,
            args: { delegator, fromDelegate, toDelegate },
            eventName: 'DelegateChanged',
          }) as [`0x${string}`],
        }
        expect(createLogDecoder(delegateChangedEvent)(changed)).toEqual(
          decodeEventLog({ abi: aiTokenAbi, ...changed }).args,
        )
        const counted = {
          data: encodeAbiParameters([{ type: 'uint256' }, { type: 'uint256' }], [previous, next]),
          topics: encodeEventTopics({
            abi: aiTokenAbi,
            args: { delegate: delegator },
            eventName: 'DelegateVotesChanged',
          }) as [`0x${string}`],
        }
        expect(createLogDecoder(delegateVotesChangedEvent)(counted)).toEqual(
          decodeEventLog({ abi: aiTokenAbi, ...counted }).args,
        )
      },
    ),
  )
})
