import {
  type Address,
  type Hex,
  hashTypedData,
  isAddressEqual,
  recoverAddress,
  type TypedDataDefinition,
} from 'viem'

import { InvalidSignatureError } from '../errors/InvalidSignatureError.js'
import { SignerMismatchError } from '../errors/SignerMismatchError.js'
import { splitSignature } from './splitSignature.js'

/** Requires that an account's key signed a message, in a form that the token accepts. */
export async function verifySigner(parameters: verifySigner.Parameters): Promise<void> {
  const { expected, signature, typedData } = parameters
  const { r, s, v } = splitSignature(signature)
  const signer = await recoverAddress({
    hash: hashTypedData(typedData),
    signature: { r, s, v: BigInt(v), yParity: v - 27 },
  }).catch((cause: unknown) => {
    throw new InvalidSignatureError({ cause, reason: 'no key gives it' })
  })
  if (!isAddressEqual(signer, expected)) throw new SignerMismatchError({ expected, signer })
}

export declare namespace verifySigner {
  type Parameters = { expected: Address; signature: Hex; typedData: TypedDataDefinition }
  type ErrorType = InvalidSignatureError | SignerMismatchError
}
