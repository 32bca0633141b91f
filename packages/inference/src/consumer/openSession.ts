import { GrantInsecureError } from '../grant/errors.js'
import { nameSessionKey } from '../grant/nameSessionKey.js'
import { signSessionGrant } from '../grant/signSessionGrant.js'
import { toHex } from '../internal/hex.js'
import { encodeSession } from '../wire/channelState.js'
import type { ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'
import { isOvertaken } from './isOvertaken.js'
import { noteTaken, type Session } from './lanes.js'
import { promiseCredit } from './promiseCredit.js'
import { readDocument } from './readBody.js'
import { lagOfNode } from './readPause.js'
import { sendPayment } from './sendPayment.js'
import { encodeVoucher } from './signPayment.js'

/** How long a session is granted for, in seconds. */
const lifetime = 3_600

/** How long before its end a session is not begun anything under, in seconds. */
const reserve = 60

/** How long no session is asked for after the provider had no room for one, in milliseconds. */
const pause = 600_000

/** How often a voucher is signed anew because others on the same channel came first. */
const patience = 25

/**
 * Finds the session with a provider, or grants one: a random key goes to the provider with the signed grant, beside
 * a voucher that says who asks and covers the first request.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @returns The session; undefined when the provider takes none, or has no room for another.
 * @throws {@link GrantInsecureError} when the key would travel in the clear.
 */
export async function openSession(
  context: ConsumerContext,
  account: ProviderAccount,
): Promise<Session | undefined> {
  const { lanes, origin, quote } = account
  const now = context.now()
  if (lanes.session && Number(lanes.session.expiry) - reserve > now / 1000) return lanes.session
  if (quote.creditWindow === undefined || now < lanes.sessionless) return undefined
  if (!isPrivate(origin)) throw new GrantInsecureError({ origin })
  lanes.granting ??= grant(context, account).finally(() => {
    lanes.granting = undefined
  })
  return lanes.granting
}

async function grant(context: ConsumerContext, account: ProviderAccount): Promise<Session | undefined> {
  const { backoff, channels, client, engine, limits, retries, signer } = context
  const { lanes, origin, record } = account
  const { channelId } = record
  const key = toHex(crypto.getRandomValues(new Uint8Array(32)))
  const { keyHash, keyId } = nameSessionKey({ engine, key })
  const expiry = BigInt(Math.floor(context.now() / 1000) + lifetime)
  const limit = limits.session
  const terms = { chainId: client.chain.id, channelId, channels, expiry, keyHash, limit }
  const signature = await signSessionGrant(signer, terms)
  let lagged = 0
  for (let attempt = 1; ; attempt++) {
    const payment = await encodeVoucher(context, account, await promiseCredit(context, account))
    const url = `${origin}/v1/channels/${channelId}/sessions`
    const body = encodeSession({ expiry, key, limit, signature })
    const response = await sendPayment(context, url, { body, payment })
    if (response.ok) {
      await readDocument(response, origin)
      account.introduced = true
      noteTaken(account, payment)
      const session = { counter: 0n, expiry, key, keyId }
      lanes.session = session
      // Receipts of requests under the last one may still be on their way.
      lanes.keys = [key, ...lanes.keys].slice(0, 2)
      return session
    }
    const { readProblem } = await import('./readProblem.js')
    const problem = await readProblem(response, origin)
    if (problem.name === 'GrantsFullError') {
      lanes.sessionless = context.now() + pause
      return undefined
    }
    // Who just opened its channel is ahead of a provider whose node lags.
    if (problem.name === 'ChannelUnknownError' && !account.introduced && lagged < retries) {
      await backoff(++lagged, lagOfNode)
      continue
    }
    const unmet = problem.name === 'ChannelUnknownError' && account.introduced
    if (unmet) account.introduced = false
    if (attempt === patience || !(unmet || isOvertaken(problem, account, payment))) throw problem
  }
}

/** Whether nobody between can read what is sent. */
function isPrivate(origin: string): boolean {
  const { hostname, protocol } = new URL(origin)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}
