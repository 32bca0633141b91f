import type { Address, Hex } from 'viem'
import { isSameAddress } from '../internal/address.js'
import { recoverSigner } from '../signature/recoverSigner.js'
import { StreamCommitMalformedError, StreamCommitSignerError } from './errors.js'
import { hashStreamCommit } from './hashStreamCommit.js'

/**
 * Checks that an account signed a stream commitment (EIP-712, ECDSA), exactly as the contract would.
 *
 * @param parameters - {@link verifyStreamCommit.Parameters}, amounts in base units.
 * @throws {@link StreamCommitSignerError} when somebody else signed, or anything but this was signed.
 * @throws {@link StreamCommitMalformedError} when the signature or a value is malformed.
 *
 * @example
 * ```ts
 * import { verifyStreamCommit } from '@aitoken/inference'
 *
 * export const check = (signature: `0x${string}`, signer: `0x${string}`) =>
 *   verifyStreamCommit({
 *     chainId: 8453,
 *     base: 0n,
 *     channelId: `0x${'00'.repeat(32)}`,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     maxSteps: 256,
 *     root: `0x${'11'.repeat(32)}`,
 *     unit: 1_000n,
 *     signature,
 *     signer,
 *   })
 * ```
 */
export async function verifyStreamCommit(parameters: verifyStreamCommit.Parameters): Promise<void> {
  const { engine, signature, signer } = parameters
  const recovered = recoverSigner({
    digest: hashStreamCommit(parameters),
    engine,
    signature,
    wrap: (cause) => new StreamCommitMalformedError({ cause, reason: 'its signature is malformed' }),
  })
  if (!isSameAddress(recovered, signer)) throw new StreamCommitSignerError({ expected: signer, recovered })
}

export declare namespace verifyStreamCommit {
  type Parameters = hashStreamCommit.Parameters & {
    /** The signature, of 65 bytes. */
    signature: Hex
    /** Who should have signed: the channel's authorized signer, or its payer. */
    signer: Address
  }
  type ErrorType = StreamCommitSignerError | hashStreamCommit.ErrorType
}
