// Holders delegate their votes, one of them without gas, and the history of voting power is read from the logs.
import { confirm, delegate, delegateBySig, getVotes, signDelegation, transfer } from '@aitoken/core'
import { getDelegates, getVotingPowerHistory } from '@aitoken/governance'
import { formatEther, parseEther } from 'viem'

import { startSystem } from '../chain/startSystem.js'

const { clientOf, stop } = await startSystem({ supply: parseEther('1000') })
const [alice, bob, dave] = [clientOf('alice'), clientOf('bob'), clientOf('dave')]

await confirm(alice, { hash: await transfer(alice, { amount: parseEther('250'), to: bob.account.address }) })
await confirm(alice, { hash: await delegate(alice, { delegatee: dave.account.address }) })

// Bob only signs; Dave sends what Bob signed.
const signed = await signDelegation(bob, { delegatee: dave.account.address })
await confirm(dave, { hash: await delegateBySig(dave, signed) })

console.log(`Dave votes with ${formatEther(await getVotes(dave, { account: dave.account.address }))} AIT.`)

for (const { delegatee, delegator } of await getDelegates(dave, { fromBlock: 0n }))
  console.log(`  ${delegator} delegates to ${delegatee}`)
const changes = await getVotingPowerHistory(dave, { account: dave.account.address, fromBlock: 0n })
for (const { blockNumber, previousVotes, votes } of changes)
  console.log(`  block ${blockNumber}: ${formatEther(previousVotes)} → ${formatEther(votes)} AIT`)

await stop()
process.exit()
