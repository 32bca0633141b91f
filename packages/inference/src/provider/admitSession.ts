import { nameSessionKey } from '../grant/nameSessionKey.js'
import { verifySessionGrant } from '../grant/verifySessionGrant.js'
import { acceptGrant } from '../ledger/acceptGrant.js'
import type { Ledger } from '../ledger/ledger.js'
import { decodeSession } from '../wire/channelState.js'
import { ChannelUnknownError } from '../wire/errors.js'
import type { Payment } from '../wire/payment.js'
import { admitPayment } from './admitPayment.js'
import type { ProviderContext } from './context.js'
import { findChannel, remember } from './findChannel.js'
import { readBody } from './readBody.js'

/** Longest body that grants a session, in bytes. */
const longest = 1_000

/**
 * Takes a session's grant and its key, which the request's body brings beside a payment.
 *
 * @param context - The provider.
 * @param payment - The payment: proof of who asks, and the session's first credit.
 * @param request - The request.
 * @returns The channel's book.
 * @throws What the checks of payment and grant throw.
 */
export async function admitSession(
  context: ProviderContext,
  payment: Payment,
  request: Request,
): Promise<Ledger> {
  const { channelId } = payment
  const { chainId, channels } = context
  const text = new TextDecoder().decode(await readBody(request, longest))
  const { expiry, key, limit, signature } = decodeSession(text)
  const { engine } = await context.cryptography()
  const { keyHash, keyId } = nameSessionKey({ engine, key })
  const { signer } = (await findChannel(context, payment)).known
  const grant = { chainId, channelId, channels, expiry, keyHash, limit }
  await verifySessionGrant({ ...grant, engine, signature, signer })
  await admitPayment(context, payment, undefined)
  const now = BigInt(Math.floor(context.now() / 1000))
  const ledger = await context.store.transact(channelId, (held) => {
    if (!held) throw new ChannelUnknownError({ channelId })
    const next = acceptGrant(held, { grant: { expiry, key, keyId, limit }, now })
    return { ledger: next, result: next }
  })
  remember(context, ledger)
  return ledger
}
