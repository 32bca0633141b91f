import type { Hex, LocalAccount } from 'viem'

import { toHex } from '../internal/hex.js'
import type { Signer } from '../signature/privateKeyToSigner.js'
import type { hashReceipt } from './hashReceipt.js'
import { toReceiptTypedData } from './receipt.js'

/** An account that can sign receipts: any local account of viem, or `privateKeyToSigner`, which is faster. */
export type ReceiptAccount = Pick<LocalAccount, 'address' | 'sign' | 'signTypedData'> &
  Partial<Pick<Signer, 'signDigest'>>

/**
 * Signs a receipt (EIP-712).
 *
 * @param account - The provider.
 * @param parameters - {@link hashReceipt.Parameters}
 * @returns The 65-byte signature.
 *
 * @example
 * ```ts
 * import { signReceipt, type UsageReceipt } from '@aitoken/inference'
 * import type { LocalAccount } from 'viem'
 *
 * export const sign = (provider: LocalAccount, receipt: UsageReceipt) =>
 *   signReceipt(provider, {
 *     chainId: 8453,
 *     channels: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *     receipt,
 *   })
 * ```
 */
export async function signReceipt(account: ReceiptAccount, parameters: hashReceipt.Parameters): Promise<Hex> {
  return account.signTypedData(toReceiptTypedData(parameters))
}

/** Signs receipts whose digest is known already, as a provider does for every request. */
export async function signReceiptDigest(
  account: ReceiptAccount,
  digest: Uint8Array,
  parameters: hashReceipt.Parameters,
): Promise<Hex> {
  if (account.signDigest) return toHex(account.signDigest(digest))
  // Accounts that cannot sign a bare digest, as hardware ones, get the whole message.
  return account.sign ? account.sign({ hash: toHex(digest) }) : signReceipt(account, parameters)
}
