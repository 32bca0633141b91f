import { acceptVoucher } from '../ledger/acceptVoucher.js'
import { VoucherLoweredError, VoucherOverdrawnError, VoucherReplayedError } from '../ledger/errors.js'
import type { Ledger } from '../ledger/ledger.js'
import { reserve } from '../ledger/reserve.js'
import { ChannelUnknownError } from '../wire/errors.js'
import type { Payment } from '../wire/paymentHeader.js'
import type { KnownChannel, ProviderContext } from './context.js'
import { findChannel, syncChannel } from './findChannel.js'

/**
 * Takes a payment and sets credit aside for its request, in one durable step before anything is served. What is
 * cheap is checked first: a replayed voucher costs no cryptography, and a false one no question to the chain.
 *
 * @param context - The provider.
 * @param payment - The payment, as it came.
 * @param request - The request and the most it may cost, in base units; undefined for a voucher alone.
 * @returns The channel's book.
 * @throws What the checks throw, see the error classes; the book is then unchanged.
 */
export async function admitPayment(
  context: ProviderContext,
  payment: Payment,
  request: { amount: bigint; requestId: string } | undefined,
): Promise<Ledger> {
  const { channelId, cumulativeAmount, signature } = payment
  const { fresh, known: found } = await findChannel(context, payment)
  checkAmount(found, cumulativeAmount)
  await verifyPayment(context, payment, found)
  const writtenAt = context.now()
  const stale = fresh || cumulativeAmount > found.limit || writtenAt - found.syncedAt > context.channelTtl
  const known = stale ? await syncChannel(context, channelId, found) : found
  if (cumulativeAmount > known.limit)
    throw new VoucherOverdrawnError({ cumulativeAmount, limit: known.limit })

  const ledger = await context.store.transact(channelId, (held) => {
    if (!held) throw new ChannelUnknownError({ channelId })
    const accepted = acceptVoucher(held, { cumulativeAmount, signature })
    const next = request ? reserve(accepted, { ...request, writtenAt }) : accepted
    return { ledger: next, result: next }
  })
  known.authorized = ledger.authorized
  context.signals.notify(channelId)
  return ledger
}

/** Refuses what this process already knows to be used up. */
function checkAmount({ authorized }: KnownChannel, cumulativeAmount: bigint): void {
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
  { channelId, cumulativeAmount, signature }: Payment,
  { signer }: Pick<KnownChannel, 'signer'>,
): Promise<void> {
  const { vouchers } = await context.cryptography()
  vouchers.verify({ channelId, cumulativeAmount, signature, signer })
}
