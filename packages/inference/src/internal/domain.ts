import type { Address } from 'viem'

/** The EIP-712 domain of the channels contract, as the MPP draft `evm/session` names it. */
export function channelsDomain(chainId: number, channels: Address) {
  return { chainId, name: 'EVM Payment Channel', verifyingContract: channels, version: '1' } as const
}
