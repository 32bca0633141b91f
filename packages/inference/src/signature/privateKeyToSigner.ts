import { InvalidArgumentError } from '@aitoken/core/errors'
import type { Hash, Hex, LocalAccount } from 'viem'

import { toAddress, toChecksum } from '../internal/address.js'
import { readHex, toHex } from '../internal/hex.js'
import { createNobleEngine } from './createNobleEngine.js'
import type { SignatureEngine } from './engine.js'
import { PrivateKeyError } from './errors.js'

/** A viem account whose signatures an engine makes; vouchers are signed without a promise in between. */
export type Signer = LocalAccount<'privateKey'> & {
  /** What signs. */
  readonly engine: SignatureEngine
  /** Signs a 32-byte hash. */
  sign(parameters: { hash: Hash }): Promise<Hex>
  /** Signs a 32-byte digest at once, to 65 bytes. */
  signDigest(digest: Uint8Array): Uint8Array
}

/**
 * Makes a viem account of a private key that signs vouchers up to twenty times faster than viem's own, with the
 * same signatures. Signing anything else loads viem's encoders on first use.
 *
 * @param privateKey - 32 bytes of hexadecimal.
 * @param parameters - {@link privateKeyToSigner.Parameters}
 * @returns The account, to use wherever viem takes one.
 * @throws {@link PrivateKeyError} when it is not a private key.
 *
 * @example
 * ```ts
 * import { loadEngine, privateKeyToSigner } from '@aitoken/inference'
 *
 * export async function signerOf(privateKey: `0x${string}`) {
 *   return privateKeyToSigner(privateKey, { engine: await loadEngine() })
 * }
 * ```
 */
export function privateKeyToSigner(privateKey: Hex, parameters: privateKeyToSigner.Parameters = {}): Signer {
  const { engine = createNobleEngine() } = parameters
  const key = readHex(privateKey, 32)
  const publicKey = key && publicKeyOf(engine, key)
  if (!key || !publicKey) throw new PrivateKeyError()
  const signDigest = (digest: Uint8Array) => engine.sign(digest, key)
  const signHash = (hash: Hash) => {
    const digest = readHex(hash, 32)
    if (!digest)
      throw new InvalidArgumentError({ expected: '32 bytes of hexadecimal', field: 'hash', value: hash })
    return toHex(signDigest(digest))
  }
  // A transaction is signed seldom and its encoders are large: viem does all of it, when it is needed.
  const loadAccount = () => import('./toViemAccount.js').then((module) => module.toViemAccount(privateKey))

  return {
    address: toChecksum(engine, toAddress(engine, publicKey)),
    engine,
    publicKey: toHex(publicKey),
    sign: async ({ hash }) => signHash(hash),
    signAuthorization: async (authorization) => (await loadAccount()).signAuthorization(authorization),
    signDigest,
    signMessage: async ({ message }) => signHash((await import('./hashForViem.js')).hashMessage(message)),
    signTransaction: async (transaction, options) =>
      (await loadAccount()).signTransaction(transaction, options),
    signTypedData: async (typedData) => signHash((await import('./hashForViem.js')).hashTypedData(typedData)),
    source: 'privateKey',
    type: 'local',
  }
}

export declare namespace privateKeyToSigner {
  type Parameters = {
    /** What signs. @default the pure JavaScript engine */
    engine?: SignatureEngine | undefined
  }
  type ErrorType = PrivateKeyError
}

/** The public key, or `undefined` when the engine refuses the private one. Its message may repeat the key. */
function publicKeyOf(engine: SignatureEngine, privateKey: Uint8Array): Uint8Array | undefined {
  try {
    return engine.getPublicKey(privateKey)
  } catch {
    return undefined
  }
}
