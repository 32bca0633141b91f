import type { Address, Chain } from 'viem'
import { watchContractEvent } from 'viem/actions'
import { getAction } from 'viem/utils'

import { addressOf } from '../deployment/addressOf.js'
import type { ReadClient } from '../internal/client.js'
import { approvalEvent } from './approvalEvent.js'
import type { Approval } from './streamApprovals.js'

/**
 * Watches for approvals as blocks arrive, by polling or by subscription, as the client's transport allows.
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link watchApprovals.Parameters}
 * @returns Stops watching.
 *
 * @example
 * ```ts
 * import { watchApprovals } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const unwatch = watchApprovals(client, {
 *   onApprovals: (approvals) => {
 *     for (const { amount } of approvals) console.log(amount)
 *   },
 *   owner: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export function watchApprovals(
  client: ReadClient,
  parameters: watchApprovals.Parameters,
): watchApprovals.ReturnType {
  const {
    owner,
    spender,
    onApprovals,
    onError,
    pollingInterval,
    token = addressOf(client, 'aiToken'),
  } = parameters
  return getAction(
    client,
    watchContractEvent<Chain, readonly [typeof approvalEvent], 'Approval', true>,
    'watchContractEvent',
  )({
    abi: [approvalEvent],
    address: token,
    args: { owner, spender },
    eventName: 'Approval',
    onLogs: (logs) =>
      onApprovals(
        logs.map(({ args, blockNumber, logIndex, transactionHash }) => ({
          amount: args.value,
          owner: args.owner,
          spender: args.spender,
          blockNumber,
          logIndex,
          transactionHash,
        })),
      ),
    strict: true,
    ...(onError ? { onError } : {}),
    ...(pollingInterval ? { pollingInterval } : {}),
  })
}

export declare namespace watchApprovals {
  type Parameters = {
    /** Only of this holder. */
    owner?: Address | undefined
    /** Only for this spender. */
    spender?: Address | undefined
    /** Told when the node fails; watching goes on. */
    onError?: ((error: Error) => void) | undefined
    /** Called with the approvals of each poll, oldest first. */
    onApprovals: (approvals: Approval[]) => void
    /** Milliseconds between polls. @default the client's */
    pollingInterval?: number | undefined
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = () => void
  type ErrorType = addressOf.ErrorType
}
