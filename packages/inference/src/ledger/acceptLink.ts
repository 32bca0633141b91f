import { larger } from '../internal/compare.js'
import { StreamLinkError, StreamReplayedError, StreamUncoveredError } from '../stream/errors.js'
import {
  ChannelEndingError,
  VoucherLoweredError,
  VoucherOverdrawnError,
  VoucherReplayedError,
} from './errors.js'
import { coverOf, type Ledger, type RevealedStream, worthOf } from './ledger.js'

/**
 * Raises a channel's credit to what a link of a hash chain is worth. That the link leads to the root, and the
 * signature of a new commitment, must have been verified before.
 *
 * @param ledger - The book.
 * @param revealed - The chain with its new link. A chain that the book does not know begins with it.
 * @returns The new book.
 * @throws {@link StreamReplayedError} when the link, or a later one, was revealed before.
 * @throws {@link StreamLinkError} when the chain is not that long.
 * @throws {@link StreamUncoveredError} when no voucher covers what the chain builds on, or the chain before it.
 * @throws {@link VoucherReplayedError} when as much was authorized before.
 * @throws {@link VoucherLoweredError} when more was authorized before.
 * @throws {@link VoucherOverdrawnError} when the deposit, less the margin, does not cover it.
 * @throws {@link ChannelEndingError} when the channel is not open.
 */
export function acceptLink(ledger: Ledger, revealed: RevealedStream): Ledger {
  const { authorized, channelId, settled, status, stream, vouched } = ledger
  if (status !== 'open') throw new ChannelEndingError({ channelId, status })
  const { base, maxSteps, root, steps } = revealed
  if (steps > maxSteps) throw new StreamLinkError({ reason: `step ${steps} is beyond ${maxSteps}`, steps })
  if (stream?.root === root) {
    if (steps <= stream.steps) throw new StreamReplayedError({ revealed: stream.steps, steps })
  } else {
    // The chain redeems whole units from its base on: nothing earned may lie below it, or on the chain before it.
    const secured = larger(vouched, settled)
    const needed = larger(base, stream ? worthOf(stream) : 0n)
    if (needed > secured) throw new StreamUncoveredError({ needed, vouched: secured })
  }
  const known = stream?.root === root ? stream : revealed
  const cumulativeAmount = worthOf({ ...known, steps })
  if (cumulativeAmount === authorized) throw new VoucherReplayedError({ authorized })
  if (cumulativeAmount < authorized) throw new VoucherLoweredError({ authorized, cumulativeAmount })
  const limit = coverOf(ledger)
  if (cumulativeAmount > limit) throw new VoucherOverdrawnError({ cumulativeAmount, limit })
  return { ...ledger, authorized: cumulativeAmount, stream: { ...known, link: revealed.link, steps } }
}

export declare namespace acceptLink {
  type ErrorType =
    | ChannelEndingError
    | StreamLinkError
    | StreamReplayedError
    | StreamUncoveredError
    | VoucherLoweredError
    | VoucherOverdrawnError
    | VoucherReplayedError
}
