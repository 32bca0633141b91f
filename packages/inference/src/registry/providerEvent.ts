import { type Hash, type Log, type ParseEventLogsReturnType, parseEventLogs, type RpcLog } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'

type Decoded = ParseEventLogsReturnType<typeof providerRegistryAbi, undefined, true, undefined>[number]

/** Something that happened to providers or their bonds, and where in the chain. */
export type ProviderEvent = Decoded extends infer event
  ? event extends { args: infer args; eventName: infer name }
    ? {
        /** What happened, amounts in base units. */
        args: args
        /** Block that it happened in. */
        blockNumber: bigint
        /** Which event. */
        eventName: name
        /** Its place among the block's logs. */
        logIndex: number
        /** Transaction that it happened in. */
        transactionHash: Hash
      }
    : never
  : never

/** Reads the registry's events from mined logs, in their order. */
export function toProviderEvents(logs: readonly (Log | RpcLog)[]): ProviderEvent[] {
  const decoded = parseEventLogs({ abi: providerRegistryAbi, logs: [...logs] as Log[] })
  return decoded.map(
    ({ args, blockNumber, eventName, logIndex, transactionHash }) =>
      // `args` and `eventName` come from one log; apart, the compiler no longer knows that they belong together.
      ({
        args,
        blockNumber: BigInt(blockNumber),
        eventName,
        logIndex: Number(logIndex),
        transactionHash,
      }) as ProviderEvent,
  )
}
