import type { Hex, TypedDataDefinition } from 'viem'
import { type SignTypedDataParameters, signTypedData } from 'viem/actions'
import { getAction } from 'viem/utils'
import type { AccountMissingError } from '../errors/AccountMissingError.js'
import { CallFailedError } from '../errors/CallFailedError.js'
import { findCause } from '../errors/findCause.js'
import { UserRejectedError } from '../errors/UserRejectedError.js'
import { accountOf } from './accountOf.js'
import type { WriteClient } from './client.js'

/** Has the client's account sign a message (EIP-712). */
export async function sign(client: WriteClient, typedData: TypedDataDefinition): Promise<Hex> {
  const account = accountOf(client, `sign ${typedData.primaryType}`)
  try {
    return await getAction(
      client,
      signTypedData,
      'signTypedData',
    )({
      ...typedData,
      account,
      // viem relates the types to the message once more; our builders wrote both.
    } as SignTypedDataParameters)
  } catch (cause) {
    const what = typedData.primaryType
    if (findCause(cause, isRejection)) throw new UserRejectedError({ cause, what })
    throw new CallFailedError({ cause, functionName: `sign ${what}` })
  }
}

export declare namespace sign {
  type ErrorType = AccountMissingError | CallFailedError | UserRejectedError
}

function isRejection(error: object): error is object {
  return Reflect.get(error, 'name') === 'UserRejectedRequestError'
}
