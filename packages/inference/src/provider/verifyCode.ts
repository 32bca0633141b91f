import type { Hex } from 'viem'

import { createRequestCode, isSameCode } from '../grant/createRequestCode.js'
import { GrantCodeError, GrantExpiredError, GrantUnknownError } from '../grant/errors.js'
import { acceptNumber, findGrant } from '../ledger/acceptGrant.js'
import type { Ledger } from '../ledger/ledger.js'
import { PaymentHeaderError } from '../wire/errors.js'
import type { SessionPayment } from '../wire/payment.js'
import type { KnownChannel, ProviderContext } from './context.js'
import { findChannel, recallChannel } from './findChannel.js'

/**
 * Checks the code of a session's request, which covers the channel, the request's number, prices, path and body.
 *
 * @param context - The provider.
 * @param payment - The payment.
 * @param request - The request's path and body; undefined when there is none.
 * @returns What enters it into the book, which checks that its number was never used.
 * @throws {@link GrantUnknownError} when the channel has no such session.
 * @throws {@link GrantExpiredError} when the session is over.
 * @throws {@link GrantCodeError} when the code is that of another request, or of none.
 * @throws {@link PaymentHeaderError} when there is no request, or it names no price table.
 */
export async function verifyCode(
  context: ProviderContext,
  payment: SessionPayment,
  request: { bytes: Uint8Array; path: string } | undefined,
): Promise<verifyCode.ReturnType> {
  const { channelId, code, counter, keyId, priceTag, unreceipted } = payment
  if (!request || !priceTag) throw new PaymentHeaderError({ reason: 'a session pays for requests only' })
  const { known } = await findChannel(context, payment)
  const grant =
    findGrant(known, keyId) ?? findGrant((await recallChannel(context, channelId)) ?? known, keyId)
  if (!grant) throw new GrantUnknownError({ channelId, keyId })
  const now = BigInt(Math.floor(context.now() / 1000))
  const { expiry, key } = grant
  if (expiry <= now) throw new GrantExpiredError({ expiry, keyId })
  const { bytes: body, path } = request
  const expected = createRequestCode({ body, channelId, counter, key, path, priceTag, unreceipted })
  if (!isSameCode(expected, code)) throw new GrantCodeError({ keyId })
  return {
    accept: (ledger) => acceptNumber(ledger, { counter, keyId, now }),
    cumulativeAmount: undefined,
    fresh: false,
    grant: keyId,
    known,
  }
}

export declare namespace verifyCode {
  type ReturnType = {
    accept(ledger: Ledger): Ledger
    cumulativeAmount: undefined
    fresh: boolean
    grant: Hex
    known: KnownChannel
  }
}
