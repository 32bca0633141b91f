import type { Hex } from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'

/**
 * Makes viem's own account of a private key. It stands alone so that it can be loaded when it is needed: of a
 * package imported that way, bundlers would keep everything.
 *
 * @param privateKey - The key, of 32 bytes.
 * @returns The account.
 */
export function toViemAccount(privateKey: Hex): PrivateKeyAccount {
  return privateKeyToAccount(privateKey)
}
