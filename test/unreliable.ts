import { createTestClient, custom, http, type PrivateKeyAccount, publicActions, walletActions } from 'viem'
import { anvil } from 'viem/chains'

import { rpcUrl } from './anvil.js'

/** When the node goes silent: before it has the transaction, or after. */
export type Loss = 'after' | 'before'

/** A client whose node goes silent when it is sent a transaction, as often as `line.losses` says. */
export function unreliableClientOf(account: PrivateKeyAccount) {
  const { request } = http(rpcUrl)({ chain: anvil })
  const line = { losses: [] as Loss[], sent: 0 }
  const transport = custom(
    {
      async request(call: { method: string; params?: unknown }) {
        if (call.method !== 'eth_sendRawTransaction') return request(call)
        const loss = line.losses.shift()
        if (loss === 'before') throw new TypeError('fetch failed')
        line.sent++
        const hash: unknown = await request(call)
        if (loss === 'after') throw new TypeError('fetch failed')
        return hash
      },
    },
    { retryCount: 0 },
  )
  const client = createTestClient({
    account,
    cacheTime: 0,
    chain: anvil,
    mode: 'anvil',
    pollingInterval: 20,
    transport,
  })
    .extend(publicActions)
    .extend(walletActions)
  return { client, line }
}
