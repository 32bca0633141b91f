import type { ReadClient } from '@aitoken/core'
import { AitokenError } from '@aitoken/core/errors'
import type { Address } from 'viem'

import { hashChannel } from '../channel/hashChannel.js'
import { hashPriceTable } from '../price/hashPriceTable.js'
import { ReceiptConflictError } from '../receipt/errors.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import { auditReceipt, type ReceiptAudit } from './auditReceipt.js'
import { findContradiction } from './conflictProof.js'
import { EvidenceMalformedError } from './errors.js'
import { readEvidenceLine, type Terms } from './evidenceLine.js'
import { proveConflict } from './proveConflict.js'

/** What became of one receipt in an audit: exactly one of `audit` and `error` is there. */
export type AuditedReceipt = {
  /** What was found out; undefined when the receipt does not hold. */
  audit: ReceiptAudit | undefined
  /** Why it does not hold; undefined when it does. */
  error: AitokenError | undefined
  /** The receipt. */
  signed: SignedReceipt
}

/**
 * Audits exported receipts for somebody who trusts neither side, with nothing but a node: each as `auditReceipt` does,
 * and each against the one before it.
 *
 * @param client - Client of the channels' chain.
 * @param lines - What `exportEvidence` gave.
 * @param parameters - {@link auditEvidence.Parameters}
 * @returns What became of each receipt, in the order of the lines.
 * @throws {@link EvidenceMalformedError} when a line cannot be read.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { auditEvidence } from '@aitoken/inference'
 *
 * export async function sumCharges(client: ReadClient, text: string) {
 *   let sum = 0n
 *   for await (const { error, signed } of auditEvidence(client, text.split('\n'))) {
 *     if (error) throw error
 *     sum += signed.receipt.cost
 *   }
 *   return sum
 * }
 * ```
 */
export async function* auditEvidence(
  client: ReadClient,
  lines: AsyncIterable<string> | Iterable<string>,
  parameters: auditEvidence.Parameters = {},
): AsyncGenerator<AuditedReceipt, void, undefined> {
  const terms = new Map<string, Terms>()
  let last: SignedReceipt | undefined
  let number = 0
  for await (const text of lines) {
    number++
    if (text.trim() === '') continue
    const line = readEvidenceLine(text, number)
    if (line.kind === 'terms') terms.set(keyOf(line.terms), line.terms)
    if (line.kind !== 'receipt') continue
    const { signed } = line
    const { channelId, priceTableHash } = signed.receipt
    const found = terms.get(`${channelId}${priceTableHash}`.toLowerCase())
    const before = last?.receipt.channelId === channelId ? last : undefined
    try {
      if (!found)
        throw new EvidenceMalformedError({
          line: number,
          reason:
            BigInt(priceTableHash) === 0n
              ? 'it names no prices: its provider died while it served, and charged what it had noted'
              : 'no terms before it are those of the receipt',
        })
      if (before) compare(before, signed, found)
      const audit = await auditReceipt(client, { ...parameters, ...found, ...signed })
      last = signed
      yield { audit, error: undefined, signed }
    } catch (error) {
      if (!AitokenError.is(error)) throw error
      yield { audit: undefined, error, signed }
    }
  }
}

export declare namespace auditEvidence {
  type Parameters = {
    /** Id of the provider in the registry, when its signer is neither the payee nor an operator of the payee. */
    provider?: bigint | undefined
    /** The registry. @default the one deployed on the client's chain */
    registry?: Address | undefined
    /** Who is known by other means to sign for the payee. */
    signer?: Address | undefined
  }
  type ErrorType = EvidenceMalformedError
}

function keyOf({ chainId, channel, channels, priceTable: table }: Terms): string {
  const channelId = hashChannel({ chainId, channel, channels })
  return `${channelId}${hashPriceTable({ chainId, channels, table })}`
}

function compare(first: SignedReceipt, second: SignedReceipt, { chainId, channel, channels }: Terms): void {
  if (!findContradiction(first.receipt, second.receipt)) return
  const { channelId, sequence } = second.receipt
  const proof = proveConflict({ chainId, channel, channels, first, second })
  throw new ReceiptConflictError({ channelId, proof, sequence })
}
