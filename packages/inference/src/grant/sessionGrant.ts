import type { Hash, Hex } from 'viem'

import { type InferenceDomain, toInferenceDomain } from '../price/priceTable.js'

/** A payer's leave to ask for answers without a signature each, by whoever holds a key. */
export type SessionGrant = {
  /** Channel whose credit the session draws on. */
  channelId: Hex
  /** Unix time in seconds at which it ends. */
  expiry: bigint
  /** Keccak-256 of the session's 32-byte key. */
  keyHash: Hash
  /** The most that may be charged under it, in base units. */
  limit: bigint
}

/**
 * Builds the EIP-712 message `SessionGrant`, which signing, hashing and verifying share so that they cannot drift.
 *
 * @param parameters - The grant, its amount in base units, and where it is valid.
 * @returns Typed data for any EIP-712 signer.
 *
 * @example
 * ```ts
 * import { type InferenceDomain, type SessionGrant, toSessionGrantTypedData } from '@aitoken/inference'
 * import type { WalletClient } from 'viem'
 *
 * export const sign = (wallet: WalletClient, account: `0x${string}`, grant: InferenceDomain & SessionGrant) =>
 *   wallet.signTypedData({ account, ...toSessionGrantTypedData(grant) })
 * ```
 */
export function toSessionGrantTypedData(parameters: InferenceDomain & SessionGrant) {
  const { chainId, channelId, channels, expiry, keyHash, limit } = parameters
  return {
    domain: toInferenceDomain({ chainId, channels }),
    message: { channelId, expiry, keyHash, limit },
    primaryType: 'SessionGrant',
    types: {
      SessionGrant: [
        { name: 'channelId', type: 'bytes32' },
        { name: 'keyHash', type: 'bytes32' },
        { name: 'limit', type: 'uint128' },
        { name: 'expiry', type: 'uint64' },
      ],
    },
  } as const
}
