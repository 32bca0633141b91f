import { type Address, encodeFunctionData, erc20Abi, type Hex, isAddressEqual } from 'viem'

import type { Call } from '../call/call.js'

/** An allowance a call may change. */
export type Allowance = { owner: Address; spender: Address; token: Address }

/** An allowance that changed. */
export type AllowanceChange = Allowance & {
  /** After the calls, in base units. */
  after: bigint
  /** Before the calls, in base units; undefined when only the event told. */
  before: bigint | undefined
}

const most = 32

/**
 * The allowances that calls may change, as far as their arguments tell: a contract that is called spends the
 * sender's tokens, and those tokens' addresses are among the arguments. Transfers within an allowance emit
 * nothing, so the only way to see them is to ask before and after.
 */
export function findAllowances(calls: readonly Call[], sender: Address): readonly Allowance[] {
  const found = new Map<string, Allowance>()
  const add = (allowance: Allowance): void => {
    const key = `${allowance.token}${allowance.owner}${allowance.spender}`.toLowerCase()
    if (found.size < most) found.set(key, allowance)
  }
  for (const { args, functionName, to } of calls) {
    const [first, second] = args as readonly unknown[]
    if (isAddress(first)) {
      if (/^(approve|increaseAllowance|decreaseAllowance)/.test(functionName))
        add({ owner: sender, spender: first, token: to })
      if (/^(transferFrom|burnFrom)/.test(functionName)) add({ owner: first, spender: sender, token: to })
      if (functionName === 'permit' && isAddress(second)) add({ owner: first, spender: second, token: to })
    }
    for (const token of addressesIn(args))
      if (!isAddressEqual(token, sender)) add({ owner: sender, spender: to, token })
  }
  return [...found.values()]
}

/** The call that reads an allowance. */
export function toProbe({ owner, spender, token }: Allowance): { data: Hex; to: Address } {
  const data = encodeFunctionData({ abi: erc20Abi, args: [owner, spender], functionName: 'allowance' })
  return { data, to: token }
}

/** What a probe answered; undefined when there is no token. */
export function fromProbe(
  answer: { data: Hex; status: 'failure' | 'success' } | undefined,
): bigint | undefined {
  return answer?.status === 'success' && answer.data.length === 66 ? BigInt(answer.data) : undefined
}

function* addressesIn(value: unknown): Generator<Address> {
  if (isAddress(value)) yield value
  else if (typeof value === 'object' && value !== null)
    for (const entry of Object.values(value)) yield* addressesIn(entry)
}

function isAddress(value: unknown): value is Address {
  return typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value)
}
