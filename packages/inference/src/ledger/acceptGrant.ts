import type { Hex } from 'viem'

import { GrantExpiredError, GrantReplayedError, GrantsFullError, GrantUnknownError } from '../grant/errors.js'
import { smaller } from '../internal/compare.js'
import { ChannelEndingError } from './errors.js'
import { availableCredit, findReservation, type GrantedSession, type Ledger } from './ledger.js'

/** Sessions of one channel at a time. */
export const maxGrants = 4

/** Numbers that a session remembers: a request may be overtaken by so many others, less one. */
const remembered = 64n

/**
 * Notes a session that the payer granted. The grant's signature must have been verified before. One that expired
 * makes room.
 *
 * @param ledger - The book.
 * @param parameters - {@link acceptGrant.Parameters}
 * @returns The new book; the same one when it knows the session.
 * @throws {@link ChannelEndingError} when the channel is not open.
 * @throws {@link GrantExpiredError} when the session is over.
 * @throws {@link GrantsFullError} when the channel has as many sessions as it may.
 */
export function acceptGrant(ledger: Ledger, { grant, now }: acceptGrant.Parameters): Ledger {
  const { channelId, status } = ledger
  if (status !== 'open') throw new ChannelEndingError({ channelId, status })
  const { expiry, keyId } = grant
  if (expiry <= now) throw new GrantExpiredError({ expiry, keyId })
  // Its numbers must not begin anew, or what was used could be used again.
  if (findGrant(ledger, keyId)) return ledger
  const grants = ledger.grants.filter((held) => held.expiry > now)
  if (grants.length >= maxGrants) throw new GrantsFullError({ channelId, limit: maxGrants })
  return { ...ledger, grants: [...grants, { ...grant, charged: 0n, counter: 0n, seen: 0n }] }
}

export declare namespace acceptGrant {
  type Parameters = {
    /** What was granted. */
    grant: Pick<GrantedSession, 'expiry' | 'key' | 'keyId' | 'limit'>
    /** Unix time in seconds. */
    now: bigint
  }
  type ErrorType = ChannelEndingError | GrantExpiredError | GrantsFullError
}

/**
 * Uses up one number of a session. The request's code must have been verified before.
 *
 * @param ledger - The book.
 * @param parameters - {@link acceptNumber.Parameters}
 * @returns The new book, in which the number is used.
 * @throws {@link GrantUnknownError} when the channel has no such session.
 * @throws {@link GrantExpiredError} when the session is over.
 * @throws {@link GrantReplayedError} when the number was used before, or is so low that it may have been.
 */
export function acceptNumber(ledger: Ledger, { counter, keyId, now }: acceptNumber.Parameters): Ledger {
  const session = findGrant(ledger, keyId)
  if (!session) throw new GrantUnknownError({ channelId: ledger.channelId, keyId })
  if (session.expiry <= now) throw new GrantExpiredError({ expiry: session.expiry, keyId })
  const next = mark(session, counter)
  return { ...ledger, grants: ledger.grants.map((held) => (held === session ? next : held)) }
}

export declare namespace acceptNumber {
  type Parameters = {
    /** The request's number, from 1. */
    counter: bigint
    /** Name of the session's key. */
    keyId: Hex
    /** Unix time in seconds. */
    now: bigint
  }
  type ErrorType = GrantExpiredError | GrantReplayedError | GrantUnknownError
}

function mark(session: GrantedSession, counter: bigint): GrantedSession {
  const { counter: highest, seen } = session
  if (counter > highest) {
    const shift = counter - highest
    const shifted = shift < remembered ? BigInt.asUintN(64, seen << shift) : 0n
    return { ...session, counter, seen: shifted | 1n }
  }
  const bit = highest - counter
  const used = counter < 1n || bit >= remembered || ((seen >> bit) & 1n) === 1n
  if (used) throw new GrantReplayedError({ counter, highest })
  return { ...session, seen: seen | (1n << bit) }
}

/** Finds a session. */
export function findGrant({ grants }: Pick<Ledger, 'grants'>, keyId: Hex): GrantedSession | undefined {
  return grants.find((grant) => grant.keyId === keyId)
}

/** What a session's requests were charged and hold, in base units. */
export function sumUnder(ledger: Ledger, keyId: Hex): bigint {
  let sum = findGrant(ledger, keyId)?.charged ?? 0n
  for (const { amount, grant } of ledger.reserved) if (grant === keyId) sum += amount
  return sum
}

/** Computes the credit that a request which holds some could still get, in base units. */
export function availableTo(ledger: Ledger, requestId: string): bigint {
  const keyId = findReservation(ledger, requestId)?.grant
  const free = availableCredit(ledger, keyId)
  const session = keyId && findGrant(ledger, keyId)
  return session ? smaller(free, session.limit - sumUnder(ledger, session.keyId)) : free
}

/** The sessions after a request of one of them was charged so many base units. */
export function chargeGrant(
  { grants }: Ledger,
  { cost, grant }: { cost: bigint; grant: Hex | undefined },
): readonly GrantedSession[] {
  if (grant === undefined || cost === 0n) return grants
  return grants.map((held) => (held.keyId === grant ? { ...held, charged: held.charged + cost } : held))
}
