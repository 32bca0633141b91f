import type { Hex } from 'viem'

import { larger } from '../internal/compare.js'
import { signVoucher } from '../voucher/signVoucher.js'
import { encodePayment } from '../wire/paymentHeader.js'
import type { ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'
import { promiseCredit } from './promiseCredit.js'

/**
 * Pays for everything billed and allotted on a channel, by the cheapest lane that both sides take, and notes it
 * before anybody can see it.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param order - The request; undefined for a payment without one.
 * @param asked - Total that the provider asks a session to be paid up to, in base units, of what is allotted anyway.
 * @returns The `AI-Payment` header; undefined when there is no request and nothing to pay.
 * @throws `BudgetExceededError` or `DepositExceededError`; nothing is signed then.
 */
export async function signPayment(
  context: ConsumerContext,
  account: ProviderAccount,
  order: Order,
): Promise<string>
export async function signPayment(
  context: ConsumerContext,
  account: ProviderAccount,
  order: undefined,
  asked?: bigint | undefined,
): Promise<string | undefined>
export async function signPayment(
  context: ConsumerContext,
  account: ProviderAccount,
  order: Order | undefined,
  asked?: bigint | undefined,
): Promise<string | undefined> {
  if (account.stopped) throw account.stopped
  const { lane } = context
  // Whoever pays by vouchers alone does not load the rest.
  if (lane === 'hash-chain') {
    const { payByLink } = await import('./payByLink.js')
    const payment = await payByLink(context, account, order?.priceTag)
    if (payment !== undefined) return payment
  }
  if (lane === 'session') {
    const { coverSession, payByCode } = await import('./payByCode.js')
    const payment = order && (await payByCode(context, account, order))
    if (payment !== undefined) return payment
    if (!order && account.lanes.session) return coverSession(context, account, asked).then(() => undefined)
  }
  const cumulativeAmount = await promiseCredit(context, account)
  return encodeVoucher(context, account, cumulativeAmount, order?.priceTag)
}

/** A request that is paid for. */
export type Order = {
  /** Its body. */
  readonly bytes: Uint8Array
  readonly path: string
  /** What the consumer believes it pays. */
  readonly priceTag: Hex
}

/**
 * Signs a voucher for an amount that was promised before, as proof of who asks.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param cumulativeAmount - Base units; at most what was signed for already.
 * @param priceTag - What the consumer believes it pays; undefined for a voucher without a request.
 * @returns The `AI-Payment` header.
 */
export async function encodeVoucher(
  context: ConsumerContext,
  account: ProviderAccount,
  cumulativeAmount: bigint,
  priceTag?: Hex | undefined,
): Promise<string> {
  const { channels, client, signer } = context
  const { channel, channelId } = account.record
  const chainId = client.chain.id
  const signature = await signVoucher(signer, { chainId, channelId, channels, cumulativeAmount })
  account.lanes.shown = larger(account.lanes.shown, cumulativeAmount)
  const { authorizedSigner, payer, salt } = channel
  const descriptor = account.introduced ? undefined : { authorizedSigner, payer, salt }
  return encodePayment({ channelId, cumulativeAmount, descriptor, priceTag, signature })
}
