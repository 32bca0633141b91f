import { bytesToHex, type Hex } from 'viem'

/** 32 random bytes: nobody can guess them, and no two authorizations share them. */
export function randomNonce(): Hex {
  return bytesToHex(globalThis.crypto.getRandomValues(new Uint8Array(32)))
}
