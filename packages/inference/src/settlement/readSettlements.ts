import { type Address, type Hex, type Log, parseEventLogs } from 'viem'

import { paymentChannelsAbi } from '../generated/paymentChannels.js'

/** Why a row of a batch was left out, in the contract's order. */
const reasons = [
  'flags-unknown',
  'channel-unknown',
  'channel-closed',
  'capture-too-low',
  'capture-above-authorized',
  'capture-above-deposit',
  'signature-invalid',
] as const

/** A channel that a transaction paid out. */
export type Settled = {
  /** The channel. */
  channelId: Hex
  /** Base units paid out since the channel opened. */
  settled: bigint
}

/** A row that a batch left out. */
export type Skipped = {
  /** Index of its batch. */
  batch: number
  /** The channel that the row names. */
  channelId: Hex
  /** Who would have been paid. */
  payee: Address
  /** Why it was left out. */
  reason: (typeof reasons)[number] | 'unknown'
  /** Index of the row in its batch. */
  row: number
}

/**
 * Reads from a transaction's logs which channels it settled and which rows of a batch it left out.
 *
 * @param logs - The logs of its receipt.
 * @returns Both lists, in the order of the logs; amounts in base units.
 *
 * @example
 * ```ts
 * import { readSettlements } from '@aitoken/inference'
 * import type { TransactionReceipt } from 'viem'
 *
 * export const skippedBy = (receipt: TransactionReceipt) => readSettlements(receipt.logs).skipped
 * ```
 */
export function readSettlements(logs: readonly Log[]): { settled: Settled[]; skipped: Skipped[] } {
  const settled: Settled[] = []
  const skipped: Skipped[] = []
  const eventName = ['ChannelSettled', 'ChannelsSettled', 'RowSkipped'] as const
  for (const event of parseEventLogs({
    abi: paymentChannelsAbi,
    eventName: [...eventName],
    logs: [...logs],
  })) {
    if (event.eventName === 'ChannelSettled') settled.push(event.args)
    else if (event.eventName === 'ChannelsSettled') settled.push(...unpackSettled(event.args.rows))
    else {
      const { batch, channelId, payee, reason, row } = event.args
      skipped.push({
        batch: Number(batch),
        channelId,
        payee,
        reason: reasons[reason] ?? 'unknown',
        row: Number(row),
      })
    }
  }
  return { settled, skipped }
}

/** Unpacks the rows of the `ChannelsSettled` event: channel id (32 bytes) and settled amount (12 bytes). */
export function unpackSettled(rows: Hex): Settled[] {
  const settled: Settled[] = []
  for (let start = 2; start + 88 <= rows.length; start += 88)
    settled.push({
      channelId: `0x${rows.slice(start, start + 64)}`,
      settled: BigInt(`0x${rows.slice(start + 64, start + 88)}`),
    })
  return settled
}
