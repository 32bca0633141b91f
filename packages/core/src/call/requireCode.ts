import type { Address } from 'viem'
import { getCode } from 'viem/actions'
import { getAction } from 'viem/utils'

import { ContractMissingError } from '../errors/ContractMissingError.js'
import type { ReadClient } from '../internal/client.js'

/** Where each client saw code; made at the first use, since nothing runs at import. */
let seen: WeakMap<object, Set<string>> | undefined

/** Requires a contract: a transaction to an address without code succeeds, costs gas and does nothing. */
export async function requireCode(client: ReadClient, parameters: requireCode.Parameters): Promise<void> {
  const { address, functionName } = parameters
  seen ??= new WeakMap()
  const known = seen.get(client) ?? new Set()
  seen.set(client, known)
  const key = address.toLowerCase()
  if (known.has(key)) return
  if (!(await getAction(client, getCode, 'getCode')({ address })))
    throw new ContractMissingError({ address, functionName })
  known.add(key)
}

export declare namespace requireCode {
  type Parameters = { address: Address; functionName: string }
  type ErrorType = ContractMissingError
}
