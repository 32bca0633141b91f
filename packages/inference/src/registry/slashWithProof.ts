import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import type { Channel } from '../channel/channel.js'
import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { sendToRegistry } from '../internal/sendToRegistry.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import type { registryReverts } from './reverts.js'

/**
 * Builds the call that proves a provider's misconduct, without sending it.
 *
 * @param parameters - {@link slashWithProof.Parameters}, with `registry` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Channel, type SignedReceipt, slashWithProofCall } from '@aitoken/inference'
 *
 * export const callOf = (channel: Channel, first: SignedReceipt, second: SignedReceipt) =>
 *   slashWithProofCall({
 *     channel,
 *     first,
 *     id: 7n,
 *     registry: '0x0000000000000000000000000000000000000001',
 *     second,
 *   })
 * ```
 */
export function slashWithProofCall(
  parameters: slashWithProofCall.Parameters,
): Call<typeof providerRegistryAbi, 'slashWithProof'> {
  const { channel, first, id, registry, second } = parameters
  return call({
    abi: providerRegistryAbi,
    args: [id, channel, toSigned(first), toSigned(second)],
    functionName: 'slashWithProof',
    to: registry,
  })
}

export declare namespace slashWithProofCall {
  type Parameters = slashWithProof.Parameters & {
    /** Contract that holds the providers. */
    registry: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Proves that a provider signed two different receipts for one number of a channel (EIP-712): it loses a fifth of what it
 * has bonded, of which the channel's payer gets up to a quarter, at most what the channel paid; the rest is burned. The
 * keys that signed are convicted, and no longer the provider's; but when one is its signer and the other was replaced,
 * only the replaced one is. Anybody may send the proof, and nobody gains by copying it. The `proof` of a
 * `ReceiptConflictError` has what this takes when its `kind` is `sequence`; contradictory totals are for the slasher to
 * judge.
 *
 * @param client - Client with an account.
 * @param parameters - {@link slashWithProof.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ReceiptsAgreeError} when the receipts are the same, or about different things.
 * @throws {@link ReceiptChannelError} when they are not of the channel given.
 * @throws {@link SignerNotAccountableError} when a key that does not answer for the provider signed one of them.
 * @throws {@link NothingBondedError} when the provider has nothing to lose.
 * @throws {@link ProviderUnknownError} when there is no such provider.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type ConflictProof, slashWithProof } from '@aitoken/inference'
 *
 * export const report = (client: WriteClient, proof: ConflictProof) =>
 *   slashWithProof(client, { id: 7n, ...proof })
 * ```
 */
export async function slashWithProof(
  client: WriteClient,
  parameters: slashWithProof.Parameters,
): Promise<slashWithProof.ReturnType> {
  const { registry = addressOf(client, 'providerRegistry') } = parameters
  return sendToRegistry(client, slashWithProofCall({ ...parameters, registry }))
}

export declare namespace slashWithProof {
  type Parameters = {
    /** The channel that the receipts are of. */
    channel: Channel
    /** One receipt. */
    first: SignedReceipt
    /** The provider. */
    id: bigint
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
    /** The other receipt. */
    second: SignedReceipt
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | slashWithProofCall.ErrorType
    | send.ErrorType<
        typeof registryReverts,
        | 'RegistryChannelMismatch'
        | 'RegistryNothingBonded'
        | 'RegistryReceiptsAgree'
        | 'RegistrySignerNotAccountable'
        | 'RegistryUnknown'
        | 'SafeERC20FailedOperation'
      >
}

/** A receipt as the contract takes it. */
function toSigned({ receipt, signature }: SignedReceipt) {
  return {
    receipt: {
      ...receipt,
      cachedInputTokens: BigInt(receipt.cachedInputTokens),
      inputTokens: BigInt(receipt.inputTokens),
      outputTokens: BigInt(receipt.outputTokens),
      reasoningTokens: BigInt(receipt.reasoningTokens),
    },
    signature,
  }
}
