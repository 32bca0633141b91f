import type { Hex } from 'viem'

import type { LedgerStatus } from '../ledger/ledger.js'
import { QuoteInvalidError } from './errors.js'
import { parseJson, readFields } from './readFields.js'
import { BodyInvalidError } from './serviceErrors.js'

/** A channel as its provider sees it. */
export type ChannelAccount = {
  /** Total that the payer authorized, in base units. */
  authorized: bigint
  /** The channel. */
  channelId: Hex
  /** Base units put in since the channel opened. */
  deposit: bigint
  /** The last receipt, as `decodeReceipt` reads it; undefined when there is none. */
  receipt: string | undefined
  /** Credit that requests in flight hold, in base units. */
  reserved: bigint
  /** Number of the last request that was charged. */
  sequence: bigint
  /** Base units paid out on chain. */
  settled: bigint
  /** Total charged, in base units. */
  spent: bigint
  /** Whether the channel is served. */
  status: LedgerStatus
}

/**
 * Writes a channel's account as JSON, amounts as decimal strings.
 *
 * @param account - The account.
 * @returns The text that {@link decodeAccount} reads.
 */
export function encodeAccount(account: ChannelAccount): string {
  const { authorized, channelId, deposit, receipt, reserved, sequence, settled, spent, status } = account
  return JSON.stringify({
    authorized: `${authorized}`,
    channelId,
    deposit: `${deposit}`,
    ...(receipt === undefined ? {} : { receipt }),
    reserved: `${reserved}`,
    sequence: `${sequence}`,
    settled: `${settled}`,
    spent: `${spent}`,
    status,
  })
}

/**
 * Reads a channel's account.
 *
 * @param text - The JSON text.
 * @param origin - Where it came from, for the error.
 * @returns The account.
 * @throws {@link QuoteInvalidError} when it is anything else.
 */
export function decodeAccount(text: string, origin: string): ChannelAccount {
  const fail = (reason: string, cause?: unknown) => new QuoteInvalidError({ cause, origin, reason })
  const fields = readFields(parseJson(text, fail), fail)
  const status = fields.text('status')
  if (status !== 'open' && status !== 'closing' && status !== 'closed') throw fail(`${status} is no status`)
  return {
    authorized: fields.amount('authorized'),
    channelId: fields.hex('channelId', 32),
    deposit: fields.amount('deposit'),
    receipt: fields.optionalText('receipt'),
    reserved: fields.amount('reserved'),
    sequence: fields.amount('sequence'),
    settled: fields.amount('settled'),
    spent: fields.amount('spent'),
    status,
  }
}

/** What a provider answers after it closed a channel. */
export type CloseAnswer = {
  /** The transaction. */
  hash: Hex
  /** The last receipt, as `decodeReceipt` reads it; undefined when there is none. */
  receipt: string | undefined
  /** Base units that went back to the payer. */
  refunded: bigint
  /** Base units charged, all of them paid. */
  spent: bigint
}

/** What a provider answers that owes nothing to the chain: its final statement, with which the payer closes alone. */
export type StatementAnswer = {
  /** Unix time until which the statement is valid, in seconds. */
  deadline: bigint
  /** The payee's signature of the statement. */
  payeeSignature: Hex
  /** Total spent since the channel opened, in base units. */
  spent: bigint
}

/** Writes what {@link decodeCloseAnswer} reads. */
export function encodeStatementAnswer({ deadline, payeeSignature, spent }: StatementAnswer): string {
  return JSON.stringify({ deadline: `${deadline}`, payeeSignature, spent: `${spent}` })
}

/** Writes what {@link decodeCloseAnswer} reads. */
export function encodeCloseAnswer({ hash, receipt, refunded, spent }: CloseAnswer): string {
  return JSON.stringify({
    hash,
    ...(receipt === undefined ? {} : { receipt }),
    refunded: `${refunded}`,
    spent: `${spent}`,
  })
}

/**
 * Reads what a provider answers that was asked to close a channel.
 *
 * @param text - The JSON text.
 * @param origin - Where it came from, for the error.
 * @returns The answer.
 * @throws {@link QuoteInvalidError} when it is anything else.
 */
export function decodeCloseAnswer(text: string, origin: string): CloseAnswer | StatementAnswer {
  const fail = (reason: string, cause?: unknown) => new QuoteInvalidError({ cause, origin, reason })
  const fields = readFields(parseJson(text, fail), fail)
  if (fields.optionalText('deadline') !== undefined)
    return {
      deadline: fields.amount('deadline'),
      payeeSignature: fields.hex('payeeSignature', 65),
      spent: fields.amount('spent'),
    }
  return {
    hash: fields.hex('hash', 32),
    receipt: fields.optionalText('receipt'),
    refunded: fields.amount('refunded'),
    spent: fields.amount('spent'),
  }
}

/** What a payer sends to grant a session. */
export type SessionRequest = {
  /** Unix time in seconds at which the session ends. */
  expiry: bigint
  /** The session's key, of 32 bytes. */
  key: Hex
  /** The most that may be charged under it, in base units. */
  limit: bigint
  /** Signature of the grant, of 65 bytes. */
  signature: Hex
}

/** Writes what {@link decodeSession} reads. */
export function encodeSession({ expiry, key, limit, signature }: SessionRequest): string {
  return JSON.stringify({ expiry: `${expiry}`, key, limit: `${limit}`, signature })
}

/**
 * Reads what grants a session.
 *
 * @param text - The JSON text.
 * @returns The grant, of which nothing is trusted yet.
 * @throws {@link BodyInvalidError} when it is anything else.
 */
export function decodeSession(text: string): SessionRequest {
  // Neither reason nor cause says what was sent: it holds a key.
  const fail = (reason: string) => new BodyInvalidError({ reason })
  const fields = readFields(parseJson(text, fail), fail)
  return {
    expiry: fields.amount('expiry'),
    key: fields.hex('key', 32),
    limit: fields.amount('limit'),
    signature: fields.hex('signature', 65),
  }
}
