import type { Hex } from 'viem'

import { coverSpent } from '../ledger/acceptVoucher.js'
import { type Ledger, sumReserved } from '../ledger/ledger.js'
import { encodeAccount, encodeCloseAnswer, encodeStatementAnswer } from '../wire/channelState.js'
import {
  ChannelUnknownError,
  CloseAmountError,
  PaymentHeaderError,
  PaymentRequiredError,
} from '../wire/errors.js'
import type { Payment, VoucherPayment } from '../wire/payment.js'
import { decodePayment, paymentHeaderName } from '../wire/paymentHeader.js'
import { encodeReceipt } from '../wire/receiptText.js'
import { RouteUnknownError } from '../wire/serviceErrors.js'
import { admitPayment, verifyPayment } from './admitPayment.js'
import type { ProviderContext } from './context.js'
import { findChannel, sweepAbandoned } from './findChannel.js'
import { signReceiptOf } from './finishRequest.js'
import { syncChannel } from './syncChannel.js'

/**
 * Serves what is below `/v1/channels/`: a channel's account, more credit, and its end. Each takes a voucher of the
 * channel in the `AI-Payment` header, so that nobody but its signer sees or ends it.
 *
 * @param context - The provider.
 * @param request - The request.
 * @param path - What follows `/v1/channels/`.
 * @returns The response.
 * @throws What the checks throw; nothing has changed then.
 */
export async function serveChannel(
  context: ProviderContext,
  request: Request,
  path: string,
): Promise<Response> {
  const [channelId, action, ...more] = path.split('/')
  const route =
    more.length > 0 || !/^0x[\da-f]{64}$/i.test(channelId ?? '') ? '' : `${request.method} ${action ?? ''}`
  const serve = {
    'GET ': showAccount,
    'POST close': close,
    'POST sessions': openSession,
    'POST vouchers': raiseCredit,
  }[route]
  if (!serve) throw new RouteUnknownError()
  const header = request.headers.get(paymentHeaderName)
  if (header === null) throw new PaymentRequiredError()
  const payment = decodePayment(header)
  if (payment.channelId !== channelId?.toLowerCase())
    throw new PaymentHeaderError({ reason: 'it names another channel than the path' })
  const body = await serve(context, payment, request)
  return new Response(body, { headers: { 'cache-control': 'no-store', 'content-type': 'application/json' } })
}

async function showAccount(context: ProviderContext, payment: Payment): Promise<string> {
  const ledger = await readVerified(context, toVoucher(payment))
  const { receipt } = ledger
  return encodeLedger(ledger, receipt && encodeReceipt(await signReceiptOf(context, receipt)))
}

async function raiseCredit(context: ProviderContext, payment: Payment): Promise<string> {
  // Without the last receipt: to sign it would cost as much as a voucher, at every link of a hash chain.
  return encodeLedger(await admitPayment(context, payment, undefined))
}

async function openSession(context: ProviderContext, payment: Payment, request: Request): Promise<string> {
  const { admitSession } = await import('./admitSession.js')
  return encodeLedger(await admitSession(context, payment, request))
}

async function close(context: ProviderContext, payment: Payment): Promise<string> {
  const voucher = toVoucher(payment)
  const { channelId, cumulativeAmount } = voucher
  const { spent } = await readIntroduced(context, voucher)
  if (cumulativeAmount !== spent) throw new CloseAmountError({ cumulativeAmount, spent })
  await context.store.transact(channelId, (held) => ({
    ledger: held && coverSpent(held, voucher),
    result: undefined,
  }))
  const { signFinal } = await import('./signFinal.js')
  const statement = await signFinal(context, channelId)
  if (statement) return encodeStatementAnswer(statement)
  const { closeChannel } = await import('./closeChannel.js')
  const { receipt, ...closed } = await closeChannel(context, channelId)
  return encodeCloseAnswer({ ...closed, receipt: receipt && encodeReceipt(receipt) })
}

/** Only a voucher proves who asks: links are good once, and codes are for requests. */
function toVoucher(payment: Payment): VoucherPayment {
  if ('signature' in payment) return payment
  throw new PaymentHeaderError({ reason: 'it carries no voucher' })
}

/** The channel's book; a channel that was never used is met by the descriptor in the payment. */
async function readIntroduced(context: ProviderContext, payment: VoucherPayment): Promise<Ledger> {
  const { channelId, descriptor } = payment
  if (descriptor && !(await readLedger(context, channelId))) {
    const found = await findChannel(context, payment)
    await verifyPayment(context, payment, found.known)
    await syncChannel(context, channelId, found)
  }
  return readVerified(context, payment)
}

/** The channel's book, shown to who can sign for it only. */
async function readVerified(context: ProviderContext, payment: VoucherPayment): Promise<Ledger> {
  const { channelId } = payment
  const ledger = await readLedger(context, channelId)
  if (!ledger) throw new ChannelUnknownError({ channelId })
  await verifyPayment(context, payment, ledger)
  return ledger
}

function readLedger(context: ProviderContext, channelId: Hex): Promise<Ledger | undefined> {
  return context.store.transact(channelId, (held) => {
    const ledger = held && sweepAbandoned(context, held)
    return { ledger, result: ledger }
  })
}

function encodeLedger(ledger: Ledger, receipt?: string | undefined): string {
  return encodeAccount({ ...ledger, receipt, reserved: sumReserved(ledger) })
}
