import type { Address } from 'viem'

/** What ties a signature to one token on one chain (EIP-712). */
export type TokenDomain = {
  /** The chain. */
  chainId: number
  /** The token's name. */
  name: string
  /** The token. */
  verifyingContract: Address
  /** Version of the domain: '1' for AIToken. */
  version: string
}
