import { createRequestCode, encodePayment, nameSessionKey, signSessionGrant } from '@aitoken/inference'
import { bytesToHex, type Hex } from 'viem'
import { anvil } from 'viem/chains'

import type { Pay } from '../load/runLoad.ts'
import type { Wallet } from './openChannels.ts'
import { signNext } from './payVouchers.ts'

type Session = { counter: bigint; key: Hex; keyId: Hex }

/** Covers all that a benchmark asks for, in base units. */
const credit = 10n ** 12n

/**
 * Pays each request with a code under a session's key, from one channel for each connection. Sessions are opened
 * with a voucher that covers them, outside of what is timed.
 */
export function createSessionPayer(
  url: string,
  wallets: readonly Wallet[],
  request: { body: string; path: string; priceTag: Hex; unreceipted: boolean },
): Pay {
  const held = new Map<number, Session>()
  const body = new TextEncoder().encode(request.body)
  const { path, priceTag, unreceipted } = request
  return async (connection) => {
    const wallet = wallets[connection]
    if (!wallet) throw new Error(`There is no channel for connection ${connection}.`)
    const session = held.get(connection) ?? (await openSession(url, wallet))
    held.set(connection, session)
    const counter = ++session.counter
    const { key, keyId } = session
    const { channelId } = wallet
    const code = createRequestCode({ body, channelId, counter, key, path, priceTag, unreceipted })
    return { 'ai-payment': encodePayment({ channelId, code, counter, keyId, priceTag, unreceipted }) }
  }
}

async function openSession(url: string, wallet: Wallet): Promise<Session> {
  const { channelId, channels, signer } = wallet
  const key = bytesToHex(crypto.getRandomValues(new Uint8Array(32)))
  const { keyHash, keyId } = nameSessionKey({ engine: signer.engine, key })
  const expiry = BigInt(Math.floor(Date.now() / 1000) + 3_600)
  const grant = { chainId: anvil.id, channelId, channels, expiry, keyHash, limit: credit }
  const signature = await signSessionGrant(signer, grant)
  const response = await fetch(`${url}/v1/channels/${channelId}/sessions`, {
    body: JSON.stringify({ expiry: `${expiry}`, key, limit: `${credit}`, signature }),
    headers: { 'ai-payment': encodePayment(signNext(wallet, credit)), 'content-type': 'application/json' },
    method: 'POST',
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`The session was refused with ${response.status}: ${text}`)
  return { counter: 0n, key, keyId }
}
