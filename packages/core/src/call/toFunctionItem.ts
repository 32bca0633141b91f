import type { AbiFunction } from 'abitype'
import { toFunctionSelector } from 'viem'

import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import type { Call } from './call.js'

/** The one function of a call's ABI that its bytes call. */
export function toFunctionItem({ abi, data }: Pick<Call, 'abi' | 'data'>): AbiFunction {
  const selector = data.slice(0, 10).toLowerCase()
  const item = abi.find(
    (item): item is AbiFunction => item.type === 'function' && toFunctionSelector(item) === selector,
  )
  if (!item)
    throw new InvalidArgumentError({ expected: 'of a function of `abi`', field: 'data', value: selector })
  return item
}
