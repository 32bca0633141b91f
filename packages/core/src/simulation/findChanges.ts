import { type Address, getAddress, type Hex } from 'viem'

import type { AllowanceChange } from './probeAllowances.js'

/** How one account's balance of one token, or of the native coin, changes. */
export type BalanceChange = {
  /** Whose balance. */
  account: Address
  /** By how much, in base units; negative when it shrinks. */
  difference: bigint
  /** The token; undefined for the native coin. */
  token: Address | undefined
}

/** What a node reports of a log, as far as balances need it. */
export type SimulatedLog = { address: Address; data: Hex; topics: readonly Hex[] }

const transferTopic = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const approvalTopic = '0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925'
const native = '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'
const nobody = '0x0000000000000000000000000000000000000000'

/** Adds up the transfers among logs, for each token and account; what cancels out is left out. */
export function findBalanceChanges(logs: readonly SimulatedLog[]): BalanceChange[] {
  const changes = new Map<string, BalanceChange>()
  const add = (token: Address | undefined, account: Address, difference: bigint): void => {
    if (account === nobody) return
    const key = `${token}${account}`
    const known = changes.get(key)
    changes.set(key, { account, difference: (known?.difference ?? 0n) + difference, token })
  }
  for (const { address, data, topics } of logs) {
    const [topic, from, to] = topics
    // An ERC-721 transfer has the same topic, but four of them.
    if (topic !== transferTopic || topics.length !== 3 || data.length !== 66 || !from || !to) continue
    const token = address.toLowerCase() === native ? undefined : getAddress(address)
    add(token, toAddress(from), -BigInt(data))
    add(token, toAddress(to), BigInt(data))
  }
  return [...changes.values()].filter(({ difference }) => difference !== 0n)
}

/** The last allowance that each `Approval` event among logs states. */
export function findApprovals(logs: readonly SimulatedLog[]): AllowanceChange[] {
  const approvals = new Map<string, AllowanceChange>()
  for (const { address, data, topics } of logs) {
    const [topic, owner, spender] = topics
    if (topic !== approvalTopic || topics.length !== 3 || data.length !== 66 || !owner || !spender) continue
    approvals.set(`${address}${owner}${spender}`.toLowerCase(), {
      after: BigInt(data),
      before: undefined,
      owner: toAddress(owner),
      spender: toAddress(spender),
      token: getAddress(address),
    })
  }
  return [...approvals.values()]
}

function toAddress(topic: Hex): Address {
  return getAddress(`0x${topic.slice(26)}`)
}
