import {
  type Account,
  type Address,
  type ContractFunctionReturnType,
  decodeFunctionResult,
  type Hex,
  type ParseEventLogsReturnType,
  parseEventLogs,
} from 'viem'
import { simulateBlocks } from 'viem/actions'
import { getAction } from 'viem/utils'

import type { Call, Mutability } from '../call/call.js'
import type { AitokenError } from '../errors/AitokenError.js'
import { CallFailedError } from '../errors/CallFailedError.js'
import { type ErrorSource, fromRevertData } from '../errors/fromRevert.js'
import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import { isUnknownMethod } from '../errors/isUnknownMethod.js'
import type { ReadClient } from '../internal/client.js'
import { tokenSource } from '../token/reverts.js'
import { SimulationUnsupportedError } from './errors.js'
import { type BalanceChange, findApprovals, findBalanceChanges, type SimulatedLog } from './findChanges.js'
import { type AllowanceChange, findAllowances, fromProbe, toProbe } from './probeAllowances.js'

/**
 * Runs calls one after another on the latest state, in one `eth_simulateV1`, without sending anything: what
 * each would use, return, emit or fail with, and whose balances and allowances would change.
 *
 * @param client - Client of the chain.
 * @param parameters - {@link simulate.Parameters}
 * @returns What would happen.
 * @throws {@link SimulationUnsupportedError} when the node does not know `eth_simulateV1`.
 * @throws {@link CallFailedError} when the node fails otherwise.
 *
 * @example
 * ```ts
 * import { simulate, transferCall } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const { balances, calls } = await simulate(client, {
 *   account: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   calls: [
 *     transferCall({
 *       amount: 1_000_000n,
 *       to: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
 *       token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *     }),
 *   ],
 * })
 * for (const call of calls) if (call.status === 'reverted') console.error(call.error.shortMessage)
 * ```
 */
export async function simulate<const calls extends readonly Call[]>(
  client: ReadClient & { account?: Account | undefined },
  parameters: simulate.Parameters<calls>,
): Promise<simulate.ReturnType<calls>> {
  const { account = client.account, calls, contracts = [] } = parameters
  if (!account)
    throw new InvalidArgumentError({
      expected: 'given, as the client has none',
      field: 'account',
      value: account,
    })
  const sender = typeof account === 'string' ? account : account.address
  const allowances = findAllowances(calls, sender)
  const probes = allowances.map(toProbe)
  const requests = calls.map(({ data, to, value }) => ({ account: sender, data, to, value }))

  const answers = await run(client, [...probes, ...requests, ...probes])
  const made = answers.slice(probes.length, probes.length + calls.length)
  const logs = made.flatMap((answer) => (answer.status === 'success' ? (answer.logs ?? []) : []))

  const probed = allowances.flatMap((allowance, index) => {
    const before = fromProbe(answers[index])
    const after = fromProbe(answers[index + probes.length + calls.length])
    return before === undefined || after === undefined ? [] : [{ ...allowance, after, before }]
  })
  const seen = new Set(probed.map(keyOf))
  const sources = [tokenSource(), ...contracts]
  return {
    allowances: [
      ...probed.filter(({ after, before }) => after !== before),
      ...findApprovals(logs).filter((approval) => !seen.has(keyOf(approval))),
    ],
    balances: findBalanceChanges(logs),
    // `made` has one answer for each call, in order.
    calls: calls.map((call, index) => toResult(call, made[index], sources)) as simulate.Results<calls>,
    gasUsed: made.reduce((sum, { gasUsed }) => sum + gasUsed, 0n),
  }
}

async function run(
  client: ReadClient,
  calls: readonly { data: Hex; to: Address }[],
): Promise<readonly Answer[]> {
  try {
    const blocks = await getAction(
      client,
      simulateBlocks,
      'simulateBlocks',
    )({
      blocks: [{ calls }],
      traceTransfers: true,
    })
    return blocks[0]?.calls ?? []
  } catch (cause) {
    if (isUnknownMethod(cause)) throw new SimulationUnsupportedError({ cause, chainId: client.chain.id })
    throw new CallFailedError({ cause, functionName: 'eth_simulateV1' })
  }
}

type Answer = { data: Hex; gasUsed: bigint; logs?: SimulatedLogs | undefined; status: 'failure' | 'success' }
type SimulatedLogs = Parameters<typeof parseEventLogs>[0]['logs'] & SimulatedLog[]

function toResult(
  call: Call,
  answer: Answer | undefined,
  sources: readonly ErrorSource[],
): simulate.Result<Call> {
  const { abi, args, functionName } = call
  const { data = '0x', gasUsed = 0n, logs = [], status = 'failure' } = answer ?? {}
  if (status === 'failure')
    return {
      error: fromRevertData(data, { functionName, sources: [...sources, { abi, reverts: {} }] }),
      gasUsed,
      status: 'reverted',
    }
  const result: unknown = data === '0x' ? undefined : decodeFunctionResult({ abi, args, data, functionName })
  return { events: parseEventLogs({ abi, logs }), gasUsed, result, status }
}

function keyOf({ owner, spender, token }: AllowanceChange): string {
  return `${token}${owner}${spender}`.toLowerCase()
}

export declare namespace simulate {
  type Parameters<calls extends readonly Call[] = readonly Call[]> = {
    /** Who would send the calls. @default the client's account */
    account?: Account | Address | undefined
    /** The calls, in order; each runs on the state the ones before it leave. */
    calls: calls
    /** Contracts besides the token whose errors are to be recognised. */
    contracts?: readonly ErrorSource[] | undefined
  }
  /** What a call's function returns. */
  type Returned<call extends Call> =
    call extends Call<infer abi, infer functionName>
      ? ContractFunctionReturnType<abi, Mutability, functionName>
      : never
  /** What one call would do. */
  type Result<call extends Call> =
    | { error: AitokenError; gasUsed: bigint; status: 'reverted' }
    | {
        /** Events, of any contract, that the call's ABI knows. */
        events: ParseEventLogsReturnType<call['abi'], undefined, true>
        gasUsed: bigint
        /** What the function would return. */
        result: Returned<call>
        status: 'success'
      }
  type Results<calls extends readonly Call[]> = { -readonly [index in keyof calls]: Result<calls[index]> }
  type ReturnType<calls extends readonly Call[] = readonly Call[]> = {
    /** Allowances that would change, as far as events and the arguments of the calls tell. */
    allowances: AllowanceChange[]
    /** Balances that would change, by `Transfer` events and native transfers; gas is not counted. */
    balances: BalanceChange[]
    /** What each call would do. */
    calls: Results<calls>
    /** Gas of all calls together. */
    gasUsed: bigint
  }
  type ErrorType = CallFailedError | InvalidArgumentError | SimulationUnsupportedError
}
