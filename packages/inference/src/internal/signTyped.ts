import { toCallError, type WriteClient } from '@aitoken/core/internal'
import type { Hex, TypedDataDefinition } from 'viem'
import { signTypedData } from 'viem/actions'
import { getAction } from 'viem/utils'

/** Signs typed data (EIP-712) with the client's account, whether its key is here or in a wallet. */
export async function signTyped(client: WriteClient, data: TypedDataDefinition): Promise<Hex> {
  try {
    return await getAction(client, signTypedData, 'signTypedData')({ ...data, account: client.account })
  } catch (cause) {
    const { address } = client.account
    throw toCallError(cause, { abi: [], address, functionName: `sign ${data.primaryType}`, reverts: {} })
  }
}

export declare namespace signTyped {
  type ErrorType = toCallError.ErrorType
}
