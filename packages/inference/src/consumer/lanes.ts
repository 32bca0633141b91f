import type { AitokenError } from '@aitoken/core/errors'
import type { Hex } from 'viem'
import { larger } from '../internal/compare.js'
import { worthOf } from '../ledger/ledger.js'
import type { Stream } from '../stream/createStream.js'
import type { LinkCommit, LinkPayment } from '../wire/payment.js'
import { decodePayment } from '../wire/paymentHeader.js'
import type { ProviderAccount } from './account.js'

/**
 * How payments are proven, as far as the provider offers it: `voucher` signs each; `hash-chain` signs once and then
 * reveals a link for each; `session` signs once and then gives each a code under a key that both sides know.
 */
export type Lane = 'hash-chain' | 'session' | 'voucher'

/** A hash chain that pays on a channel. */
export type Chain = {
  /** The last link that the provider took, by its step; 0 while it has not taken the commitment. */
  accepted: number
  readonly commit: LinkCommit
  readonly stream: Stream
}

/** A session that the provider took. */
export type Session = {
  /** The number of the last request. */
  counter: bigint
  /** Unix time in seconds at which it ends. */
  readonly expiry: bigint
  readonly key: Hex
  readonly keyId: Hex
}

/** What is remembered of the cheaper lanes of a channel. It ends with the process: then a voucher begins anew. */
export type Lanes = {
  chain: Chain | undefined
  /** The next chain, while it is signed. */
  committing: Promise<Chain> | undefined
  /** A voucher for the session, while it is sent. */
  covering: Promise<void> | undefined
  /** The next session, while it is granted. */
  granting: Promise<Session | undefined> | undefined
  /** Keys of this session and the last: their receipts carry codes. */
  keys: readonly Hex[]
  session: Session | undefined
  /** Unix time in milliseconds before which no session is asked for, because the provider had no room for one. */
  sessionless: number
  /** Highest voucher that was signed, whether the provider took it or not, in base units. */
  shown: bigint
  /** Highest voucher that the provider took since the last chain ended, in base units. */
  vouched: bigint | undefined
}

/**
 * What is remembered of a channel that was just taken up.
 *
 * @param shown - The total that an earlier run may have signed a voucher for, in base units.
 * @returns The lanes, none of which was entered.
 */
export function createLanes(shown: bigint): Lanes {
  return {
    chain: undefined,
    committing: undefined,
    covering: undefined,
    granting: undefined,
    keys: [],
    session: undefined,
    sessionless: 0,
    shown,
    vouched: undefined,
  }
}

/** Notes that the provider took a payment. */
export function noteTaken({ lanes }: Pick<ProviderAccount, 'lanes'>, header: string): void {
  const payment = decodePayment(header)
  if ('signature' in payment) lanes.vouched = larger(payment.cumulativeAmount, lanes.vouched ?? 0n)
  if (!('link' in payment) || !lanes.chain) return
  const { chain } = lanes
  if (payment.steps > chain.accepted && isOwnLink(chain, payment)) chain.accepted = payment.steps
}

/** Whether a payment reveals a link of a chain. */
export function isOwnLink({ stream }: Chain, { link, steps }: LinkPayment): boolean {
  return steps <= stream.maxSteps && stream.reveal(steps) === link
}

/** Total that the provider was seen to take vouchers or links for, in base units. */
export function sumTaken({ lanes }: Pick<ProviderAccount, 'lanes'>): bigint {
  const { chain, vouched = 0n } = lanes
  const revealed = chain && chain.accepted > 0 ? worthOf({ ...chain.commit, steps: chain.accepted }) : 0n
  return larger(vouched, revealed)
}

/** Leaves a chain whose links are used up or refused: the next payment is a voucher, on which another can build. */
export function leaveChain({ lanes }: Pick<ProviderAccount, 'lanes'>): void {
  lanes.chain = undefined
  lanes.vouched = undefined
}

/** Leaves a session that the provider does not take any more: the next request grants another. */
export function leaveSession({ lanes }: Pick<ProviderAccount, 'lanes'>, problem: AitokenError): void {
  const { session } = lanes
  // A number that too many others overtook: the next one is good.
  if (problem.name === 'GrantReplayedError' || !session) return
  // Used up, or altered on the way: another session would not help. Until this one would have ended, vouchers pay.
  const hopeless = problem.name === 'GrantLimitError' || problem.name === 'GrantCodeError'
  if (hopeless) lanes.sessionless = Number(session.expiry) * 1000
  lanes.session = undefined
}
