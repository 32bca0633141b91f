import type { AitokenError } from '@aitoken/core/errors'
import type { Hex } from 'viem'

import { signVoucher } from '../voucher/signVoucher.js'
import { encodePayment } from '../wire/paymentHeader.js'
import type { ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'
import { promiseCredit } from './promiseCredit.js'

/**
 * Signs for everything billed and allotted on a channel, and notes it before anybody can see it.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param priceTag - What the consumer believes it pays; undefined for a voucher without a request.
 * @returns The `AI-Payment` header.
 * @throws `BudgetExceededError` or `DepositExceededError`; nothing is signed then.
 */
export async function signPayment(
  context: ConsumerContext,
  account: ProviderAccount,
  priceTag: Hex | undefined,
): Promise<string> {
  if (account.stopped) throw account.stopped
  const cumulativeAmount = await promiseCredit(context, account)
  return encodeVoucher(context, account, cumulativeAmount, priceTag)
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
  const { authorizedSigner, payer, salt } = channel
  const descriptor = account.introduced ? undefined : { authorizedSigner, payer, salt }
  return encodePayment({ channelId, cumulativeAmount, descriptor, priceTag, signature })
}

/** Whether a voucher came too late because others on its channel were signed after it: then another is signed. */
export function isOvertaken(problem: AitokenError, { record }: ProviderAccount): boolean {
  if (problem.name !== 'VoucherLoweredError' && problem.name !== 'VoucherReplayedError') return false
  // A provider that claims more than was ever signed for is not worth another signature.
  return (
    'authorized' in problem && typeof problem.authorized === 'bigint' && problem.authorized <= record.signed
  )
}
