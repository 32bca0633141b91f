import type { Address } from 'viem'

import type { Channel } from '../channel/channel.js'
import { hashChannel } from '../channel/hashChannel.js'
import { toHex } from '../internal/hex.js'
import type { InferenceDomain } from '../price/priceTable.js'
import { createReceiptHasher } from '../receipt/hashReceipt.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import { createNobleEngine } from '../signature/createNobleEngine.js'
import type { SignatureEngine } from '../signature/engine.js'
import type { SignatureMalformedError } from '../signature/errors.js'
import { recoverSigner } from '../signature/recoverSigner.js'
import { type ConflictProof, findContradiction } from './conflictProof.js'
import { ProofInvalidError } from './errors.js'

/**
 * Proves that a provider contradicts itself: it signed two contents for one number, or totals that do not follow from
 * each other. Nothing is read from a chain.
 *
 * @param parameters - {@link proveConflict.Parameters}
 * @returns The proof, for anybody to check; `slashWithProof` takes one of the kind `sequence` as it is.
 * @throws {@link ProofInvalidError} when the receipts can both be true, or are not of the channel.
 * @throws {@link SignatureMalformedError} when a signature is none.
 *
 * @example
 * ```ts
 * import { type Channel, proveConflict, type SignedReceipt } from '@aitoken/inference'
 *
 * export const accuse = (channel: Channel, first: SignedReceipt, second: SignedReceipt) =>
 *   proveConflict({
 *     chainId: 8453,
 *     channel,
 *     channels: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *     first,
 *     second,
 *   })
 * ```
 */
export function proveConflict(parameters: proveConflict.Parameters): ConflictProof {
  const { chainId, channel, channels, engine = createNobleEngine({ tables: 0 }) } = parameters
  const [first, second] =
    parameters.first.receipt.sequence <= parameters.second.receipt.sequence
      ? [parameters.first, parameters.second]
      : [parameters.second, parameters.first]
  const channelId = hashChannel({ chainId, channel, channels, engine })
  for (const { receipt } of [first, second])
    if (receipt.channelId.toLowerCase() !== channelId)
      throw new ProofInvalidError({ reason: 'the receipts are not both of the channel' })
  const kind = findContradiction(first.receipt, second.receipt)
  if (!kind) throw new ProofInvalidError({ reason: 'both receipts can be true' })
  const hash = createReceiptHasher(engine, { chainId, channels })
  const signerOf = ({ receipt, signature }: SignedReceipt): Address =>
    recoverSigner({ digest: toHex(hash(receipt)), engine, signature })
  return { chainId, channel, channels, first, kind, second, signers: [signerOf(first), signerOf(second)] }
}

export declare namespace proveConflict {
  type Parameters = InferenceDomain & {
    /** Descriptor of the channel that both are about. */
    channel: Channel
    /** What hashes and recovers. @default the pure JavaScript engine */
    engine?: SignatureEngine | undefined
    /** One receipt. */
    first: SignedReceipt
    /** The other one. */
    second: SignedReceipt
  }
  type ErrorType = ProofInvalidError | SignatureMalformedError | hashChannel.ErrorType
}
