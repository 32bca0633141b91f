import type { AbiEvent } from 'abitype'
import {
  type Address,
  type EncodeEventTopicsParameters,
  encodeEventTopics,
  type Hash,
  type RpcLog,
} from 'viem'
import { getBlockNumber } from 'viem/actions'
import { getAction } from 'viem/utils'

import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import type { ReadClient } from '../internal/client.js'
import { createLogDecoder, type EventArgs, type LogData } from './decodeLog.js'
import { fetchLogs } from './fetchLogs.js'

/** An event of a contract, decoded, and where it is in the chain. */
export type HistoricEvent<event extends AbiEvent> = {
  args: EventArgs<event>
  blockNumber: bigint
  logIndex: number
  transactionHash: Hash
}

/** How far a history has been read. */
export type HistoryProgress = {
  /** Events found so far. */
  events: number
  /** First block asked for. */
  fromBlock: bigint
  /** Last block asked for. */
  toBlock: bigint
  /** Last block read. */
  readTo: bigint
}

/** Which blocks a history covers, and how it is read. */
export type HistoryParameters = {
  /** Blocks in the first request; later ones grow and shrink with what the node allows. @default 10_000n */
  chunkSize?: bigint | undefined
  /** First block; the block the token was deployed in spares requests. @default 0n */
  fromBlock?: bigint | undefined
  /** Told after each chunk how far the history has been read. */
  onProgress?: ((progress: HistoryProgress) => void) | undefined
  /** Last block. @default the latest */
  toBlock?: bigint | undefined
}

const inFlight = 4

/**
 * Reads the history of an event, oldest first, in bounded chunks of blocks: four at a time, larger while
 * they hold little, smaller when the node refuses.
 *
 * @param client - Client of the contract's chain.
 * @param parameters - {@link streamLogs.Parameters}
 * @returns The events of one chunk after another.
 * @throws {@link HistoryUnavailableError} when the node gives the events of no range, however small.
 */
export async function* streamLogs<const event extends AbiEvent>(
  client: ReadClient,
  parameters: streamLogs.Parameters<event>,
): AsyncGenerator<HistoricEvent<event>[], void, undefined> {
  const { address, args, chunkSize = 10_000n, event, fromBlock = 0n, onProgress } = parameters
  if (chunkSize < 1n)
    throw new InvalidArgumentError({ expected: 'at least 1n', field: 'chunkSize', value: chunkSize })
  // A block number that viem still remembers may be older than what the caller just saw happen.
  const latest = { cacheTime: 0 }
  const toBlock = parameters.toBlock ?? (await getAction(client, getBlockNumber, 'getBlockNumber')(latest))
  // The event is the only one of its ABI.
  const topics = encodeEventTopics({
    abi: [event],
    args,
    eventName: event.name,
  } as EncodeEventTopicsParameters)
  const decode = createLogDecoder(event)

  let size = chunkSize
  let ceiling = 2n ** 63n
  let next = fromBlock
  let events = 0
  const chunks: { logs: Promise<Settled>; readTo: bigint }[] = []
  const schedule = (): void => {
    while (chunks.length < inFlight && next <= toBlock) {
      const last = next + size - 1n < toBlock ? next + size - 1n : toBlock
      const range = { address, fromBlock: next, onRefused, toBlock: last, topics }
      chunks.push({ logs: settle(fetchLogs(client, range)), readTo: last })
      next = last + 1n
    }
  }
  const onRefused = (blocks: bigint): void => {
    ceiling = blocks < ceiling ? blocks : ceiling
    size = ceiling / 2n > 0n ? ceiling / 2n : 1n
  }

  schedule()
  for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) {
    const settled = await chunk.logs
    if ('error' in settled) throw settled.error
    const { logs } = settled
    if (logs.length < 500 && size * 2n < ceiling) size *= 2n
    schedule()
    events += logs.length
    onProgress?.({ events, fromBlock, readTo: chunk.readTo, toBlock })
    yield logs.map((log) => toEvent(log, decode))
  }
}

export declare namespace streamLogs {
  type Parameters<event extends AbiEvent> = HistoryParameters & {
    /** The contract. */
    address: Address
    /** Indexed arguments that must match. */
    args?: { [name in keyof EventArgs<event>]?: EventArgs<event>[name] | undefined } | undefined
    /** The event. */
    event: event
  }
  type ErrorType = fetchLogs.ErrorType | InvalidArgumentError
}

type Settled = { error: unknown } | { logs: RpcLog[] }

/** Keeps a failure until its turn, so that a chunk nobody waits for yet does not end the process. */
function settle(logs: Promise<RpcLog[]>): Promise<Settled> {
  return logs.then(
    (logs) => ({ logs }),
    (error: unknown) => ({ error }),
  )
}

function toEvent<const event extends AbiEvent>(
  log: RpcLog,
  decode: (log: LogData) => EventArgs<event>,
): HistoricEvent<event> {
  return {
    args: decode(log),
    blockNumber: BigInt(log.blockNumber ?? 0),
    logIndex: Number(log.logIndex),
    // A log of a mined block always has them; only pending ones lack them.
    transactionHash: log.transactionHash as Hash,
  }
}
