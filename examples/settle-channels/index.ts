// An agent opens channels from its owner's vault within a budget; the provider settles them in one transaction.
import { approve, confirm, getBalance } from '@aitoken/core'
import {
  type Channel,
  createPayeeTree,
  createSalt,
  depositToVault,
  getSession,
  getVaultBalance,
  hashChannel,
  openChannelWithSession,
  privateKeyToSigner,
  readSettlements,
  SessionCapError,
  type Settlement,
  setSession,
  settleChannels,
  signVoucher,
} from '@aitoken/inference'
import { formatEther, parseEther } from 'viem'
import { getBlock } from 'viem/actions'

import { keys } from '../../test/accounts.js'
import { startSystem } from '../chain/startSystem.js'

const { clientOf, contracts, stop } = await startSystem({ supply: parseEther('1000') })
const { aiToken: token, paymentChannels: channels } = contracts
const [owner, agent, provider] = [clientOf('alice'), clientOf('bob'), clientOf('carol')]
const { chain } = owner

// The owner pays in once and gives its agent a budget: 3 AIT, for an hour, and only to this provider.
await confirm(owner, { hash: await approve(owner, { amount: parseEther('10'), spender: channels }) })
await confirm(owner, { hash: await depositToVault(owner, { amount: parseEther('10') }) })
const payees = createPayeeTree([provider.account.address])
const { timestamp } = await getBlock(owner)
const session = {
  cap: parseEther('3'),
  expiry: Number(timestamp) + 3_600,
  key: agent.account.address,
  payees: payees.root,
}
await confirm(owner, { hash: await setSession(owner, session) })

// The agent opens channels and signs vouchers with its own key: the owner's never leaves the owner.
const proof = payees.prove(provider.account.address)
const open = async (): Promise<Channel> => {
  const channel: Channel = {
    authorizedSigner: agent.account.address,
    payee: provider.account.address,
    payer: owner.account.address,
    salt: createSalt(),
    token,
  }
  const hash = await openChannelWithSession(agent, { channel, deposit: parseEther('1'), proof })
  await confirm(agent, { hash })
  return channel
}

const signer = privateKeyToSigner(keys.bob)
const settlements: Settlement[] = []
for (const spent of ['0.25', '0.5', '0.75']) {
  const channel = await open()
  const channelId = hashChannel({ chainId: chain.id, channel, channels })
  // It authorizes the whole deposit; the provider takes only what was spent.
  const cumulativeAmount = parseEther('1')
  const signature = await signVoucher(signer, { chainId: chain.id, channelId, channels, cumulativeAmount })
  settlements.push({ capture: parseEther(spent), channel, cumulativeAmount, signature })
}

const refused = await open().catch((error: unknown) => error)
if (!(refused instanceof SessionCapError)) throw new Error('The budget did not hold.')
console.log(`A fourth channel is refused: ${refused.shortMessage}`)

const { receipt } = await confirm(provider, { hash: await settleChannels(provider, { settlements }) })
const { settled, skipped } = readSettlements(receipt.logs)
console.log(`${settled.length} channels settled, ${skipped.length} left out, ${receipt.gasUsed} gas.`)

const used = await getSession(owner, { key: agent.account.address, owner: owner.account.address })
console.log(`Provider ${formatEther(await getBalance(provider, { account: provider.account.address }))} AIT`)
console.log(`Vault    ${formatEther(await getVaultBalance(owner, { owner: owner.account.address }))} AIT`)
console.log(`Budget   ${formatEther(used.used)} of ${formatEther(used.cap)} AIT used`)

await stop()
process.exit()
