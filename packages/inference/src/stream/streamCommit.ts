import type { Hex } from 'viem'

import { channelsDomain } from '../internal/domain.js'
import type { VoucherDomain } from '../voucher/voucher.js'

/** The payer's commitment to a hash chain: k revealed links are worth `base + k * unit`. */
export type StreamCommit = {
  /** Channel the stream draws on. */
  channelId: Hex
  /** Total owed when the stream starts, in base units. */
  base: bigint
  /** End of the hash chain: `keccak256` applied `maxSteps` times to the secret seed. */
  root: Hex
  /** Value of one link, in base units. */
  unit: bigint
  /** Number of links, at most 1,024. */
  maxSteps: number
}

/**
 * Builds the EIP-712 message `StreamCommit`, which signing, hashing and verifying share so that they cannot drift.
 *
 * @param parameters - The stream commitment, its amounts in base units, and where it is valid.
 * @returns Typed data for any EIP-712 signer.
 *
 * @example
 * ```ts
 * import { toStreamCommitTypedData, type StreamCommit, type VoucherDomain } from '@aitoken/inference'
 * import type { WalletClient } from 'viem'
 *
 * export const sign = (wallet: WalletClient, account: `0x${string}`, value: StreamCommit & VoucherDomain) =>
 *   wallet.signTypedData({ account, ...toStreamCommitTypedData(value) })
 * ```
 */
export function toStreamCommitTypedData(parameters: StreamCommit & VoucherDomain) {
  const { base, chainId, channelId, channels, maxSteps, root, unit } = parameters
  return {
    domain: channelsDomain(chainId, channels),
    message: { channelId, base, root, unit, maxSteps },
    primaryType: 'StreamCommit',
    types: {
      StreamCommit: [
        { name: 'channelId', type: 'bytes32' },
        { name: 'base', type: 'uint128' },
        { name: 'root', type: 'bytes32' },
        { name: 'unit', type: 'uint128' },
        { name: 'maxSteps', type: 'uint32' },
      ],
    },
  } as const
}
