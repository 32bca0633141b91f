import type { Address } from 'viem'

import type { SignatureEngine } from '../signature/engine.js'
import { toHex } from './hex.js'

/** Address of an uncompressed public key, in lower case. */
export function toAddress(engine: SignatureEngine, publicKey: Uint8Array): Address {
  return toHex(engine.keccak256(publicKey.subarray(1)).subarray(12))
}

/** The ERC-55 spelling of an address. */
export function toChecksum(engine: SignatureEngine, address: Address): Address {
  const digits = address.slice(2).toLowerCase()
  const hash = toHex(engine.keccak256(new TextEncoder().encode(digits))).slice(2)
  let text: Address = '0x'
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charAt(index)
    text += hash.charAt(index) >= '8' ? digit.toUpperCase() : digit
  }
  return text
}

/** Whether two spellings are one address. */
export function isSameAddress(one: Address, other: Address): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
