import type { ReadClient } from '@aitoken/core'
import { addressOf } from '@aitoken/core/internal/deployment'
import type { Address } from 'viem'

import type { Channel } from '../channel/channel.js'
import { getChannel } from '../channel/getChannel.js'
import { hashChannel } from '../channel/hashChannel.js'
import { toHex } from '../internal/hex.js'
import type { InferenceDomain } from '../price/priceTable.js'
import type { ReceiptMalformedError } from '../receipt/errors.js'
import { createReceiptHasher } from '../receipt/hashReceipt.js'
import { loadEngine } from '../signature/loadEngine.js'
import { recoverSigner } from '../signature/recoverSigner.js'
import type { StatementMalformedError } from '../statement/errors.js'
import { hashStatement } from '../statement/hashStatement.js'
import { ProofInvalidError } from './errors.js'
import { type OvercaptureProof, type SignedTotal, totalOf } from './overcaptureProof.js'

/**
 * Proves that a channel paid out more than its provider signed for, from what it signed and what the chain says.
 *
 * @param client - Client of the channel's chain.
 * @param parameters - {@link proveOvercapture.Parameters}
 * @returns The proof, for anybody with a node to check.
 * @throws {@link ProofInvalidError} when the chain paid out no more than was signed, or the receipt is of another
 * channel.
 * @throws `SignatureMalformedError` or {@link StatementMalformedError} when the signature is none.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { type Channel, proveOvercapture, type SignedReceipt } from '@aitoken/inference'
 *
 * export const accuse = (client: ReadClient, channel: Channel, last: SignedReceipt) =>
 *   proveOvercapture(client, { channel, said: { kind: 'receipt', ...last } })
 * ```
 */
export async function proveOvercapture(
  client: ReadClient,
  parameters: proveOvercapture.Parameters,
): Promise<OvercaptureProof> {
  const { channel, channels = addressOf(client, 'paymentChannels'), said } = parameters
  const chainId = client.chain.id
  const signer = await recoverTotalSigner({ chainId, channel, channels, said })
  const channelId = hashChannel({ chainId, channel, channels })
  const { settled } = await getChannel(client, { channelId, channels })
  const total = totalOf(said)
  if (settled <= total)
    throw new ProofInvalidError({
      reason: `the chain paid out ${settled} base units, and ${total} were signed`,
    })
  return { chainId, channel, channels, kind: 'overcapture', said, settled, signer }
}

export declare namespace proveOvercapture {
  type Parameters = {
    /** Descriptor of the channel. */
    channel: Channel
    /** Payment channels contract. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** What the provider signed. */
    said: SignedTotal
  }
  type ErrorType =
    | ProofInvalidError
    | addressOf.ErrorType
    | getChannel.ErrorType
    | recoverTotalSigner.ErrorType
}

/** Recovers who signed a channel's total; a receipt of another channel says nothing about it. */
export async function recoverTotalSigner(parameters: recoverTotalSigner.Parameters): Promise<Address> {
  const { chainId, channel, channels, said } = parameters
  const engine = await loadEngine()
  const channelId = hashChannel({ chainId, channel, channels, engine })
  if (said.kind === 'receipt' && said.receipt.channelId.toLowerCase() !== channelId)
    throw new ProofInvalidError({ reason: 'the receipt is of another channel' })
  const digest =
    said.kind === 'receipt'
      ? toHex(createReceiptHasher(engine, { chainId, channels })(said.receipt))
      : hashStatement({ chainId, channelId, channels, deadline: said.deadline, engine, spent: said.spent })
  return recoverSigner({ digest, engine, signature: said.signature })
}

export declare namespace recoverTotalSigner {
  type Parameters = InferenceDomain & { channel: Channel; said: SignedTotal }
  type ErrorType =
    | ProofInvalidError
    | ReceiptMalformedError
    | StatementMalformedError
    | hashChannel.ErrorType
    | recoverSigner.ErrorType
}
