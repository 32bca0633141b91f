import type { ReadClient } from '@aitoken/core'
import { addressOf } from '@aitoken/core/internal/deployment'
import type { Address } from 'viem'

import { getChannel } from '../channel/getChannel.js'
import { hashChannel } from '../channel/hashChannel.js'
import { isSameAddress } from '../internal/address.js'
import { ReceiptSignerError } from '../receipt/errors.js'
import { type EvidenceContractError, ProofInvalidError } from './errors.js'
import { expectContract } from './expectContract.js'
import { type OvercaptureProof, totalOf } from './overcaptureProof.js'
import { recoverTotalSigner } from './proveOvercapture.js'
import { readStanding, type Standing } from './readStanding.js'

/** What a proof of overcapture amounts to. */
export type OvercaptureVerdict = {
  /**
   * Whether nothing can excuse it. A final statement is the last word; after a receipt, a later one of a higher total
   * may follow, so the accused gets to show it.
   */
  conclusive: boolean
  /** Base units that the chain paid out beyond what was signed. */
  excess: bigint
  /** Why the signature binds the payee. */
  standing: Standing
}

/**
 * Checks a proof that a channel paid out more than its provider signed for, with nothing but a node: the signature, why
 * it binds the payee, and what the chain says now.
 *
 * @param client - Client of the channel's chain.
 * @param proof - The proof.
 * @param parameters - {@link verifyOvercapture.Parameters}
 * @returns What it amounts to.
 * @throws {@link ProofInvalidError} when the chain paid out no more than was signed, or the proof is of another chain.
 * @throws {@link ReceiptSignerError} when somebody else signed than the proof says.
 * @throws {@link EvidenceContractError} when the proof is about another contract than the one that is trusted.
 * @throws `ReceiptUnboundError`, `PayeeConsentError`, `SignerTermError` when nothing shows that the signer may sign for
 * the payee.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { decodeProof, verifyOvercapture } from '@aitoken/inference'
 *
 * export async function judge(client: ReadClient, text: string) {
 *   const proof = decodeProof(text)
 *   if (proof.kind === 'overcapture') return verifyOvercapture(client, proof)
 *   return undefined
 * }
 * ```
 */
export async function verifyOvercapture(
  client: ReadClient,
  proof: OvercaptureProof,
  parameters: verifyOvercapture.Parameters = {},
): Promise<OvercaptureVerdict> {
  const { chainId, channel, said } = proof
  const { at, channels = addressOf(client, 'paymentChannels'), known, provider, registry } = parameters
  if (chainId !== client.chain.id)
    throw new ProofInvalidError({ reason: `it is about chain ${chainId}, not about ${client.chain.id}` })
  expectContract(client, { expected: channels, named: proof })
  const signer = await recoverTotalSigner({ chainId, channel, channels, said })
  if (!isSameAddress(signer, proof.signer))
    throw new ReceiptSignerError({ recovered: signer, signer: proof.signer })
  const channelId = hashChannel({ chainId, channel, channels })
  const [standing, { settled }] = await Promise.all([
    readStanding(client, { at, channels, known, payee: channel.payee, provider, registry, signer }),
    getChannel(client, { channelId, channels }),
  ])
  const excess = settled - totalOf(said)
  if (excess <= 0n)
    throw new ProofInvalidError({
      reason: `the chain paid out ${settled} base units, no more than was signed`,
    })
  return { conclusive: said.kind === 'statement', excess, standing }
}

export declare namespace verifyOvercapture {
  type Parameters = {
    /**
     * Unix time in seconds at which the signature is known to have been there, for keys of the registry that were
     * replaced since: receipts carry no time. @default now
     */
    at?: bigint | undefined
    /** Payment channels contract that is trusted. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Who is known by other means to sign for the payee. */
    known?: Address | undefined
    /** Id of the provider in the registry, when its signer is neither the payee nor an operator of the payee. */
    provider?: bigint | undefined
    /** The registry. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ErrorType =
    | EvidenceContractError
    | ProofInvalidError
    | addressOf.ErrorType
    | ReceiptSignerError
    | getChannel.ErrorType
    | readStanding.ErrorType
    | recoverTotalSigner.ErrorType
}
