import type { Hex } from 'viem'

import { acceptLink } from '../ledger/acceptLink.js'
import { acceptVoucher } from '../ledger/acceptVoucher.js'
import { VoucherLoweredError, VoucherOverdrawnError, VoucherReplayedError } from '../ledger/errors.js'
import { type Ledger, worthOf } from '../ledger/ledger.js'
import { reserve } from '../ledger/reserve.js'
import { ChannelUnknownError } from '../wire/errors.js'
import type { LinkPayment, Payment, VoucherPayment } from '../wire/payment.js'
import type { KnownChannel, ProviderContext } from './context.js'
import { findChannel, remember, sweepAbandoned } from './findChannel.js'
import { syncChannel } from './syncChannel.js'
import { verifyCode } from './verifyCode.js'
import { verifyLink } from './verifyLink.js'

/** The request that a payment is for. */
export type AdmittedRequest = {
  /** The most it may cost, in base units. */
  readonly amount: bigint
  /** Which attempt it is, of a request with an idempotency key; undefined for one without. */
  readonly attempt?: string | undefined
  /** Its body. */
  readonly bytes: Uint8Array
  /** What a request with an idempotency key said; undefined for one without. */
  readonly fingerprint?: Hex | undefined
  readonly path: string
  readonly requestId: string
}

/** A payment whose proof was checked. */
type Proven = {
  /** Enters it into the book. */
  accept(ledger: Ledger): Ledger
  /** Total that it authorizes, in base units; undefined when it draws on a session. */
  cumulativeAmount: bigint | undefined
  fresh: boolean
  /** Name of the session's key; undefined when the payment draws on none. */
  grant?: Hex | undefined
  known: KnownChannel
}

/**
 * Takes a payment and sets credit aside for its request, in one durable step before anything is served. What is
 * cheap is checked first: a replayed voucher costs no cryptography, and a false one no question to the chain.
 *
 * @param context - The provider.
 * @param payment - The payment, as it came.
 * @param request - The request; undefined for a payment alone.
 * @returns The channel's book.
 * @throws What the checks throw, see the error classes; the book is then unchanged.
 */
export async function admitPayment(
  context: ProviderContext,
  payment: Payment,
  request: AdmittedRequest | undefined,
): Promise<Ledger> {
  const { channelId } = payment
  const { accept, cumulativeAmount = 0n, fresh, grant, known: found } = await prove(context, payment, request)
  const lookedAt = context.now()
  const stale = fresh || cumulativeAmount > found.limit || lookedAt - found.syncedAt > context.channelTtl
  const wanted = { fresh, known: found, needed: cumulativeAmount }
  const known = stale ? await syncChannel(context, channelId, wanted) : found
  if (cumulativeAmount > known.limit)
    throw new VoucherOverdrawnError({ cumulativeAmount, limit: known.limit })

  // Only now: what was held since before a slow chain answered could count as left behind.
  const writtenAt = context.now()
  const ledger = await context.store.transact(channelId, (held) => {
    if (!held) throw new ChannelUnknownError({ channelId })
    const accepted = accept(sweepAbandoned(context, held))
    const { amount = 0n, attempt, fingerprint, requestId = '' } = request ?? {}
    const reservation = { amount, attempt, fingerprint, grant, requestId, writtenAt }
    const next = request ? reserve(accepted, reservation) : accepted
    return { ledger: next, result: next }
  })
  remember(context, ledger)
  context.signals.notify(channelId)
  return ledger
}

/** Checks what proves a payment, by whatever lane it came. */
async function prove(
  context: ProviderContext,
  payment: Payment,
  request: AdmittedRequest | undefined,
): Promise<Proven> {
  if ('code' in payment) return verifyCode(context, payment, request)
  return 'link' in payment ? proveLink(context, payment) : proveVoucher(context, payment)
}

async function proveLink(context: ProviderContext, payment: LinkPayment): Promise<Proven> {
  const { fresh, known } = await findChannel(context, payment)
  const revealed = await verifyLink(context, payment, known)
  return {
    accept: (ledger) => acceptLink(ledger, revealed),
    cumulativeAmount: worthOf(revealed),
    fresh,
    known,
  }
}

async function proveVoucher(context: ProviderContext, payment: VoucherPayment): Promise<Proven> {
  const { cumulativeAmount, signature } = payment
  const { fresh, known } = await findChannel(context, payment)
  checkAmount(known, cumulativeAmount)
  await verifyPayment(context, payment, known)
  return {
    accept: (ledger) => acceptVoucher(ledger, { cumulativeAmount, signature }),
    cumulativeAmount,
    fresh,
    known,
  }
}

/** Refuses what this process already knows to be used up. */
function checkAmount({ vouched: authorized }: KnownChannel, cumulativeAmount: bigint): void {
  if (cumulativeAmount === authorized) throw new VoucherReplayedError({ authorized })
  if (cumulativeAmount < authorized) throw new VoucherLoweredError({ authorized, cumulativeAmount })
}

/**
 * Checks that a channel's signer signed a payment.
 *
 * @param context - The provider.
 * @param payment - The payment.
 * @param known - The channel.
 * @throws `VoucherSignerError` when somebody else did, `VoucherMalformedError` when the signature is none.
 */
export async function verifyPayment(
  context: ProviderContext,
  { channelId, cumulativeAmount, signature }: VoucherPayment,
  { signer }: Pick<KnownChannel, 'signer'>,
): Promise<void> {
  const { vouchers } = await context.cryptography()
  vouchers.verify({ channelId, cumulativeAmount, signature, signer })
}
