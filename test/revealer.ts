import { createStream, encodePayment, type Payment, type Stream, signStreamCommit } from '@aitoken/inference'
import type { Hex, LocalAccount } from 'viem'

import { bob, client, deployment } from './anvil.js'
import type { openPayer } from './payer.js'

/** What a payer commits to. */
type Terms = {
  base?: bigint
  maxSteps?: number
  /** Whether the commitment is really signed; one that no contract takes cannot be. */
  signed?: boolean
  signer?: LocalAccount
  stream?: Stream
  unit: bigint
}

/** What a payment says instead of the truth. */
type Changes = { channelId?: Hex; committed?: boolean; described?: boolean; link?: Hex }

/** A payer that pays by the links of a hash chain, and writes its headers by hand. */
export async function createRevealer(payer: Awaited<ReturnType<typeof openPayer>>, terms: Terms) {
  const { base = 0n, maxSteps = 1024, signed = true, signer = bob, unit } = terms
  const stream = terms.stream ?? createStream({ maxSteps: Math.min(maxSteps, 1024) })
  const { channel, channelId, priceTag } = payer
  const domain = { chainId: client.chain.id, channels: deployment.paymentChannels }
  const commitment = { base, channelId, maxSteps, root: stream.root, unit }
  const signature: Hex = signed
    ? await signStreamCommit(signer, { ...domain, ...commitment })
    : `0x${'11'.repeat(65)}`

  /** An `AI-Payment` header with the link of a step. */
  const pay = (steps: number, changes: Changes = {}): string => {
    const { committed = false, described = committed, link = stream.reveal(steps) } = changes
    const payment: Payment = {
      channelId: changes.channelId ?? channelId,
      commit: committed ? { base, maxSteps, signature, unit } : undefined,
      descriptor: described ? channel : undefined,
      link,
      priceTag,
      steps,
    }
    return encodePayment(payment)
  }
  return { pay, stream, unit }
}
