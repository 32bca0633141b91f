import type { Address, Chain } from 'viem'
import { watchContractEvent } from 'viem/actions'
import { getAction } from 'viem/utils'

import { addressOf } from '../deployment/addressOf.js'
import type { ReadClient } from '../internal/client.js'
import type { Transfer } from './streamTransfers.js'
import { transferEvent } from './transferEvent.js'

/**
 * Watches for transfers as blocks arrive, by polling or by subscription, as the client's transport allows.
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link watchTransfers.Parameters}
 * @returns Stops watching.
 *
 * @example
 * ```ts
 * import { watchTransfers } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const unwatch = watchTransfers(client, {
 *   onTransfers: (transfers) => {
 *     for (const { amount } of transfers) console.log(amount)
 *   },
 *   from: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export function watchTransfers(
  client: ReadClient,
  parameters: watchTransfers.Parameters,
): watchTransfers.ReturnType {
  const { from, to, onTransfers, onError, pollingInterval, token = addressOf(client, 'aiToken') } = parameters
  return getAction(
    client,
    watchContractEvent<Chain, readonly [typeof transferEvent], 'Transfer', true>,
    'watchContractEvent',
  )({
    abi: [transferEvent],
    address: token,
    args: { from, to },
    eventName: 'Transfer',
    onLogs: (logs) =>
      onTransfers(
        logs.map(({ args, blockNumber, logIndex, transactionHash }) => ({
          amount: args.value,
          from: args.from,
          to: args.to,
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

export declare namespace watchTransfers {
  type Parameters = {
    /** Only from this account. */
    from?: Address | undefined
    /** Only to this account. */
    to?: Address | undefined
    /** Told when the node fails; watching goes on. */
    onError?: ((error: Error) => void) | undefined
    /** Called with the transfers of each poll, oldest first. */
    onTransfers: (transfers: Transfer[]) => void
    /** Milliseconds between polls. @default the client's */
    pollingInterval?: number | undefined
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = () => void
  type ErrorType = addressOf.ErrorType
}
