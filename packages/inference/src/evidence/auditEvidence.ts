import type { ReadClient } from '@aitoken/core'
import { AitokenError } from '@aitoken/core/errors'
import { addressOf } from '@aitoken/core/internal/deployment'
import type { Address } from 'viem'

import { hashChannel } from '../channel/hashChannel.js'
import { hashPriceTable } from '../price/hashPriceTable.js'
import { ReceiptConflictError } from '../receipt/errors.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import { auditConflict, readConflict } from './auditConflict.js'
import { auditReceipt, type ReceiptAudit } from './auditReceipt.js'
import { findContradiction } from './conflictProof.js'
import { EvidenceMalformedError, ReceiptRepeatedError } from './errors.js'
import { readEvidenceLine, type Terms } from './evidenceLine.js'
import { expectContract } from './expectContract.js'
import { proveConflict } from './proveConflict.js'

/**
 * What became of one receipt in an audit: exactly one of `audit` and `error` is there. A proof of a conflict counts as
 * the later of its receipts, with what it proves as the error.
 */
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
 * and each against the one before it of its channel. Numbers must rise, so that no receipt counts twice.
 *
 * @param client - Client of the channels' chain.
 * @param lines - What `exportEvidence` gave.
 * @param parameters - {@link auditEvidence.Parameters}
 * @returns What became of each receipt, in the order of the lines.
 * @throws {@link EvidenceMalformedError} when a line cannot be read. What is wrong with a single receipt is its `error`:
 * `EvidenceContractError` for another contract than the trusted one, {@link ReceiptRepeatedError} for a copy,
 * {@link ReceiptConflictError} for a contradiction, and what `auditReceipt` throws.
 * @throws `ChainNotSupportedError` when no contract is given and none is known for the chain.
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
  const {
    at,
    channels = addressOf(client, 'paymentChannels'),
    provider,
    registry,
    signer: known,
  } = parameters
  const terms = new Map<string, Terms>()
  const latest = new Map<string, SignedReceipt>()
  let number = 0
  for await (const text of lines) {
    number++
    if (text.trim() === '') continue
    const line = readEvidenceLine(text, number)
    if (line.kind === 'terms') terms.set(keyOf(line.terms), line.terms)
    if (line.kind === 'conflict') {
      const proof = readConflict(line.text, number)
      const error = await errorOf(() =>
        auditConflict(client, proof, { at, channels, known, provider, registry }),
      )
      yield { audit: undefined, error, signed: proof.second }
    }
    if (line.kind !== 'receipt') continue
    const { signed } = line
    const { channelId, priceTableHash } = signed.receipt
    const found = terms.get(`${channelId}${priceTableHash}`.toLowerCase())
    const before = latest.get(channelId.toLowerCase())
    try {
      if (!found)
        throw new EvidenceMalformedError({
          line: number,
          reason:
            BigInt(priceTableHash) === 0n
              ? 'it names no prices: its provider died while it served, and charged what it had noted'
              : 'no terms before it are those of the receipt',
        })
      expectContract(client, { expected: channels, named: found })
      // Before it is held against another one: what somebody else signed contradicts nobody.
      const audit = await auditReceipt(client, { ...parameters, ...found, ...signed })
      if (before) follow(before, signed, found, number)
      latest.set(channelId.toLowerCase(), signed)
      yield { audit, error: undefined, signed }
    } catch (error) {
      if (!AitokenError.is(error)) throw error
      yield { audit: undefined, error, signed }
    }
  }
}

export declare namespace auditEvidence {
  type Parameters = {
    /**
     * Unix time in seconds at which the receipts are known to have been there, for keys of the registry that were
     * replaced since: receipts carry no time. @default now
     */
    at?: bigint | undefined
    /** Payment channels contract that is trusted. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Id of the provider in the registry, when its signer is neither the payee nor an operator of the payee. */
    provider?: bigint | undefined
    /** The registry. @default the one deployed on the client's chain */
    registry?: Address | undefined
    /** Who is known by other means to sign for the payee. */
    signer?: Address | undefined
  }
  type ErrorType = EvidenceMalformedError | addressOf.ErrorType
}

function keyOf({ chainId, channel, channels, priceTable: table }: Terms): string {
  const channelId = hashChannel({ chainId, channel, channels })
  return `${channelId}${hashPriceTable({ chainId, channels, table })}`
}

/** Holds a receipt against the one before it: its number is higher, and its total follows. */
function follow(first: SignedReceipt, second: SignedReceipt, terms: Terms, line: number): void {
  const { channelId, sequence } = second.receipt
  if (findContradiction(first.receipt, second.receipt)) {
    const { chainId, channel, channels } = terms
    const proof = proveConflict({ chainId, channel, channels, first, second })
    throw new ReceiptConflictError({ channelId, proof, sequence })
  }
  if (sequence === first.receipt.sequence) throw new ReceiptRepeatedError({ channelId, sequence })
  if (sequence < first.receipt.sequence)
    throw new EvidenceMalformedError({
      line,
      reason: `receipt ${sequence} comes after receipt ${first.receipt.sequence} of its channel`,
    })
}

/** What an audit ends in, proven misconduct or a proof that does not hold. */
async function errorOf(audit: () => Promise<AitokenError>): Promise<AitokenError> {
  try {
    return await audit()
  } catch (error) {
    if (AitokenError.is(error)) return error
    throw error
  }
}
