import { readHex, toHex } from '../internal/hex.js'
import type { RevealedStream } from '../ledger/ledger.js'
import { maxStreamSteps } from '../stream/createStream.js'
import {
  StreamCommitMalformedError,
  StreamLinkError,
  StreamReplayedError,
  StreamUnitError,
  StreamUnknownError,
} from '../stream/errors.js'
import { verifyStreamCommit } from '../stream/verifyStreamCommit.js'
import type { LinkPayment } from '../wire/payment.js'
import type { KnownChannel, ProviderContext } from './context.js'
import { recallChannel } from './findChannel.js'

/** Links that one payment may skip, so that a false one costs little: about 0.1 ms. */
export const maxSkippedLinks = 256

/**
 * Checks that a link belongs to the hash chain that its payer committed to.
 *
 * @param context - The provider.
 * @param payment - The payment.
 * @param known - The channel.
 * @returns The chain, with this link as its last.
 * @throws {@link StreamLinkError} when the link is not one of the chain's, or skips too many.
 * @throws {@link StreamReplayedError} when it, or a later one, was revealed before.
 * @throws {@link StreamUnknownError} when no commitment is known and none came with it.
 * @throws {@link StreamUnitError} when its commitment makes links worth more than the provider takes.
 * @throws `StreamCommitSignerError` when somebody else signed the commitment, `StreamCommitMalformedError` when it
 * is none.
 */
export async function verifyLink(
  context: ProviderContext,
  payment: LinkPayment,
  known: KnownChannel,
): Promise<RevealedStream> {
  const { engine } = await context.cryptography()
  const walk = (skipped: number) => {
    let reached = readHex(payment.link, 32) ?? new Uint8Array(0)
    for (let step = 0; step < skipped; step++) reached = engine.keccak256(reached)
    return toHex(reached)
  }
  const { commit } = payment
  if (!commit) {
    if (known.stream && leads(payment, known.stream, walk)) return advance(payment, known.stream)
    // Another process may have met another chain, or later links of this one.
    const { stream } = (await recallChannel(context, payment.channelId)) ?? known
    if (!stream) throw new StreamUnknownError(payment)
    if (payment.steps <= stream.steps)
      throw new StreamReplayedError({ revealed: stream.steps, steps: payment.steps })
    if (leads(payment, stream, walk)) return advance(payment, stream)
    throw new StreamLinkError({ reason: explain(payment, stream), steps: stream.steps })
  }

  const { base, maxSteps, signature, unit } = commit
  const { steps } = payment
  if (maxSteps < 1 || maxSteps > maxStreamSteps)
    throw new StreamCommitMalformedError({ reason: `its length is 1 to ${maxStreamSteps}, not ${maxSteps}` })
  if (unit < 1n || unit > context.streamUnit) throw new StreamUnitError({ limit: context.streamUnit, unit })
  if (steps < 1 || steps > maxSteps || steps > maxSkippedLinks)
    throw new StreamLinkError({ reason: `a chain does not begin with step ${steps}`, steps: 0 })
  const root = walk(steps)
  if (root === known.stream?.root) return advance(payment, known.stream)
  const { chainId, channels } = context
  const { channelId } = payment
  const { signer } = known
  await verifyStreamCommit({
    base,
    chainId,
    channelId,
    channels,
    engine,
    maxSteps,
    root,
    signature,
    signer,
    unit,
  })
  return { base, link: payment.link, maxSteps, root, signature, steps, unit }
}

/** Whether a link leads to the last one that is known; only as many hashes as its step says are computed. */
function leads({ steps }: LinkPayment, stream: RevealedStream, walk: (skipped: number) => string): boolean {
  const skipped = steps - stream.steps
  if (skipped < 1 || skipped > maxSkippedLinks || steps > stream.maxSteps) return false
  return walk(skipped) === stream.link
}

function explain({ steps }: LinkPayment, stream: RevealedStream): string {
  if (steps > stream.maxSteps) return `step ${steps} is beyond the last, ${stream.maxSteps}`
  if (steps - stream.steps > maxSkippedLinks) return `it skips more than ${maxSkippedLinks}`
  return 'it does not lead to the last one'
}

/** The same chain with a later link; whether it is later, the book decides. */
function advance({ link, steps }: LinkPayment, stream: RevealedStream): RevealedStream {
  return { ...stream, link, steps }
}
