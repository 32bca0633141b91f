import type { ReadClient } from '@aitoken/core/internal'
import { toCallError } from '@aitoken/core/internal'
import type { Address } from 'viem'
import { getEip712Domain } from 'viem/actions'
import { getAction } from 'viem/utils'

/** Name and version under which a token takes signatures. */
export type TokenDomain = {
  /** Name of the token's EIP-712 domain, most often the token's own. */
  name: string
  /** Version of the token's EIP-712 domain. */
  version: string
}

/** The EIP-712 domain of a token: as given, or as the token itself tells (ERC-5267). */
export async function readTokenDomain(client: ReadClient, token: Address, given: TokenDomain | undefined) {
  const own = { chainId: client.chain.id, verifyingContract: token }
  if (given) return { ...own, ...given }
  try {
    const { domain } = await getAction(client, getEip712Domain, 'getEip712Domain')({ address: token })
    return { ...own, name: domain.name, version: domain.version }
  } catch (cause) {
    throw toCallError(cause, { abi: [], address: token, functionName: 'eip712Domain', reverts: {} })
  }
}
