import type { Fetch } from '@aitoken/inference'
import { decodeReceipt, encodeReceipt, signReceipt, type UsageReceipt } from '@aitoken/inference'

import { carol, client, deployment } from './anvil.js'

/**
 * A connection to a Carol who cheats: she signs other receipts than her books give, in answers and in accounts. `change`
 * gets each receipt with the number of receipts before it.
 */
export function connectCrook(change: (receipt: UsageReceipt, count: number) => Partial<UsageReceipt>): Fetch {
  let count = 0
  const forge = async (text: string) => {
    const signed = decodeReceipt(text)
    const receipt = { ...signed.receipt, ...change(signed.receipt, count++) }
    const domain = { chainId: client.chain.id, channels: deployment.paymentChannels }
    return encodeReceipt({ receipt, signature: await signReceipt(carol, { ...domain, receipt }) })
  }
  return async (input, init) => {
    const response = await fetch(input, init)
    const header = response.headers.get('ai-receipt')
    if (header !== null) {
      const headers = new Headers(response.headers)
      headers.set('ai-receipt', await forge(header))
      return new Response(await response.arrayBuffer(), { headers, status: response.status })
    }
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response
    let text = await response.text()
    for (const [whole, receipt = ''] of text.matchAll(/receipt=([\w-]+)/g))
      text = text.replace(whole, `receipt=${await forge(receipt)}`)
    return new Response(text, response)
  }
}
