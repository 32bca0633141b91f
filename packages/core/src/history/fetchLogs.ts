import { type Address, type Hex, numberToHex, type RpcLog } from 'viem'

import { findCause } from '../errors/findCause.js'
import type { ReadClient } from '../internal/client.js'
import { HistoryUnavailableError } from './errors.js'

/** A range of blocks, both ends included. */
export type BlockRange = { fromBlock: bigint; toBlock: bigint }

/** Fetches the logs of a range, in halves when the node refuses the whole. */
export async function fetchLogs(client: ReadClient, parameters: fetchLogs.Parameters): Promise<RpcLog[]> {
  const { address, fromBlock, onRefused, toBlock, topics } = parameters
  try {
    return await client.request({
      method: 'eth_getLogs',
      params: [
        { address, fromBlock: numberToHex(fromBlock), toBlock: numberToHex(toBlock), topics: [...topics] },
      ],
    })
  } catch (cause) {
    if (fromBlock === toBlock || !isRefusal(cause))
      throw new HistoryUnavailableError({ cause, fromBlock, toBlock })
    onRefused(toBlock - fromBlock + 1n)
    const middle = (fromBlock + toBlock) / 2n
    const older = await fetchLogs(client, { ...parameters, toBlock: middle })
    const newer = await fetchLogs(client, { ...parameters, fromBlock: middle + 1n })
    return [...older, ...newer]
  }
}

export declare namespace fetchLogs {
  type Parameters = BlockRange & {
    address: Address
    /** Told how many blocks were too many. */
    onRefused: (blocks: bigint) => void
    topics: readonly (Hex | Hex[] | null)[]
  }
  type ErrorType = HistoryUnavailableError
}

/** Whether a smaller range may succeed: the node answered, and what it said is not about who is asking. */
function isRefusal(cause: unknown): boolean {
  const answered = findCause(cause, (error): error is object => {
    const { code, name, status } = error as { code?: unknown; name?: unknown; status?: unknown }
    if (name === 'TimeoutError') return true
    if (typeof status === 'number') return ![401, 403, 404, 429].includes(status)
    return typeof code === 'number' && code !== -32601
  })
  return answered !== undefined
}
