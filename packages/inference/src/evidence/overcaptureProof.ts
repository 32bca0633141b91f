import type { Address, Hex } from 'viem'

import type { Channel } from '../channel/channel.js'
import type { InferenceDomain } from '../price/priceTable.js'
import type { SignedReceipt } from '../receipt/receipt.js'

/** What a provider signed about a channel's total. */
export type SignedTotal =
  | (SignedReceipt & {
      /** Its last receipt that is known: another one may follow it. */
      kind: 'receipt'
    })
  | {
      /** Unix time until which the statement is valid, in seconds. */
      deadline: bigint
      /** Its final statement: nothing may follow it. */
      kind: 'statement'
      /** The EIP-712 signature over it. */
      signature: Hex
      /** Total spent since the channel opened, in base units. */
      spent: bigint
    }

/**
 * A total that a provider signed, with a channel of which the chain paid out more. Whoever has a node can check it: see
 * `verifyOvercapture`.
 */
export type OvercaptureProof = InferenceDomain & {
  /** Descriptor of the channel. */
  channel: Channel
  kind: 'overcapture'
  /** What the provider signed. */
  said: SignedTotal
  /** Base units that the chain had paid out when the proof was made. */
  settled: bigint
  /** Who signed. */
  signer: Address
}

/** The total that was signed, in base units. */
export function totalOf(said: SignedTotal): bigint {
  return said.kind === 'receipt' ? said.receipt.cumulative : said.spent
}
