import { type Call, type Mutability, send, type WriteClient } from '@aitoken/core/internal'
import type { ContractFunctionName, Hash } from 'viem'

import { tokenErrors } from '../channel/tokenErrors.js'
import type { providerRegistryAbi } from '../generated/providerRegistry.js'
import { registryReverts } from '../registry/reverts.js'

/** Sends a call to the registry of providers, and types its reverts and those of the token that is bonded. */
export async function sendToRegistry<
  functionName extends ContractFunctionName<typeof providerRegistryAbi, Mutability>,
>(client: WriteClient, call: Call<typeof providerRegistryAbi, functionName>): Promise<Hash> {
  return send(client, call, registryReverts, tokenErrors)
}
