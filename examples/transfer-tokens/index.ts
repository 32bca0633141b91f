// A transfer that is explained and simulated before it is sent, and one whose gas somebody else pays.
import {
  confirm,
  describe,
  getBalance,
  getMetadata,
  getTransfers,
  signTransferAuthorization,
  simulate,
  transfer,
  transferCall,
  transferWithAuthorization,
} from '@aitoken/core'
import { formatUnits, parseEther } from 'viem'

import { startSystem } from '../chain/startSystem.js'

const { clientOf, contracts, stop } = await startSystem({ supply: parseEther('1000') })
const [alice, bob, carol] = [clientOf('alice'), clientOf('bob'), clientOf('carol')]
const token = contracts.aiToken
const { decimals, symbol } = await getMetadata(alice, {})

// A call exists before anything is sent: it can be explained and simulated.
const call = transferCall({ amount: parseEther('12.5'), to: bob.account.address, token })
const [line] = describe([call], {
  names: { [bob.account.address]: 'Bob' },
  tokens: { [token]: { decimals, symbol } },
})
console.log(line)

const simulated = await simulate(alice, { calls: [call] })
for (const { account, difference } of simulated.balances)
  console.log(`  would change ${account} by ${formatUnits(difference, decimals)} ${symbol}`)
console.log(`  for ${simulated.gasUsed} gas`)

await confirm(alice, { hash: await transfer(alice, { amount: parseEther('12.5'), to: bob.account.address }) })

// Bob signs; Carol sends it and pays the gas. Bob needs no ether.
const signed = await signTransferAuthorization(bob, { amount: parseEther('2.5'), to: carol.account.address })
await confirm(carol, { hash: await transferWithAuthorization(carol, signed) })
console.log('Bob paid Carol without sending a transaction.')

for (const [name, client] of Object.entries({ Alice: alice, Bob: bob, Carol: carol })) {
  const balance = await getBalance(client, { account: client.account.address })
  console.log(`${name.padEnd(6)}${formatUnits(balance, decimals)} ${symbol}`)
}
const history = await getTransfers(alice, { fromBlock: 0n })
console.log(`${history.length} transfers in the token's history.`)

await stop()
process.exit()
