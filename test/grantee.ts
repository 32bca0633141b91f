import {
  createRequestCode,
  encodePayment,
  nameSessionKey,
  type SessionGrant,
  signSessionGrant,
} from '@aitoken/inference'
import type { Hex, LocalAccount } from 'viem'
import { generatePrivateKey } from 'viem/accounts'

import { bob, client, deployment } from './anvil.js'
import type { openPayer } from './payer.js'

/** What a request of a session says instead of the truth. */
type Changes = {
  body?: string
  channelId?: Hex
  code?: Hex
  counter?: bigint
  key?: Hex
  keyId?: Hex
  path?: string
  priceTag?: Hex
}

/** A payer that pays under a session's key, and writes grants and headers by hand. */
export function createGrantee(payer: Awaited<ReturnType<typeof openPayer>>, key: Hex = generatePrivateKey()) {
  const { channelId, priceTag } = payer
  const { keyHash, keyId } = nameSessionKey({ key })
  const domain = { chainId: client.chain.id, channels: deployment.paymentChannels }
  const hour = BigInt(Math.floor(Date.now() / 1000) + 3_600)

  /** What grants the session, by default for an hour and 1,000 million base units. */
  const grant = async (changes: Partial<SessionGrant> & { key?: Hex; signer?: LocalAccount } = {}) => {
    const { key: sent = key, signer = bob, ...altered } = changes
    const terms = { channelId, expiry: hour, keyHash, limit: 1_000_000_000n, ...altered }
    const signature = await signSessionGrant(signer, { ...domain, ...terms })
    return JSON.stringify({ expiry: `${terms.expiry}`, key: sent, limit: `${terms.limit}`, signature })
  }

  /** An `AI-Payment` header for a body sent to a path. */
  const pay = (counter: bigint, body: string, changes: Changes = {}): string => {
    const covered = {
      body: new TextEncoder().encode(changes.body ?? body),
      channelId: changes.channelId ?? channelId,
      counter,
      key: changes.key ?? key,
      path: changes.path ?? '/v1/completions',
      priceTag,
    }
    return encodePayment({
      channelId: covered.channelId,
      code: changes.code ?? createRequestCode(covered),
      counter: changes.counter ?? counter,
      keyId: changes.keyId ?? keyId,
      priceTag: changes.priceTag ?? priceTag,
    })
  }
  return { grant, key, keyId, pay }
}
