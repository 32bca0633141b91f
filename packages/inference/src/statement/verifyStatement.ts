import type { Address, Hex } from 'viem'
import { isSameAddress } from '../internal/address.js'
import { recoverSigner } from '../signature/recoverSigner.js'
import { StatementMalformedError, StatementSignerError } from './errors.js'
import { hashStatement } from './hashStatement.js'

/**
 * Checks that an account signed a final statement (EIP-712, ECDSA), exactly as the contract would.
 *
 * @param parameters - {@link verifyStatement.Parameters}, amounts in base units.
 * @throws {@link StatementSignerError} when somebody else signed, or anything but this was signed.
 * @throws {@link StatementMalformedError} when the signature or a value is malformed.
 *
 * @example
 * ```ts
 * import { verifyStatement } from '@aitoken/inference'
 *
 * export const check = (signature: `0x${string}`, signer: `0x${string}`) =>
 *   verifyStatement({
 *     chainId: 8453,
 *     channelId: `0x${'00'.repeat(32)}`,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     deadline: 1_900_000_000n,
 *     spent: 1_000_000n,
 *     signature,
 *     signer,
 *   })
 * ```
 */
export async function verifyStatement(parameters: verifyStatement.Parameters): Promise<void> {
  const { engine, signature, signer } = parameters
  const recovered = recoverSigner({
    digest: hashStatement(parameters),
    engine,
    signature,
    wrap: (cause) => new StatementMalformedError({ cause, reason: 'its signature is malformed' }),
  })
  if (!isSameAddress(recovered, signer)) throw new StatementSignerError({ expected: signer, recovered })
}

export declare namespace verifyStatement {
  type Parameters = hashStatement.Parameters & {
    /** The signature, of 65 bytes. */
    signature: Hex
    /** Who should have signed: the payee's own account, or an operator of the payee. */
    signer: Address
  }
  type ErrorType = StatementSignerError | hashStatement.ErrorType
}
