import type { SignatureEngine } from './engine.js'
import { SignatureMalformedError } from './errors.js'

/**
 * Compiles the WebAssembly engine: libsecp256k1 and Keccak-256, within a factor of two of native code. The
 * modules are fetched by this call and not by importing it.
 *
 * @returns The engine. It is cold: {@link loadEngine} also warms it.
 *
 * @example
 * ```ts
 * import { createWasmEngine } from '@aitoken/inference'
 *
 * export const engine = () => createWasmEngine()
 * ```
 */
export async function createWasmEngine(): Promise<SignatureEngine> {
  const [secp256k1, hash] = await Promise.all([
    import('ox/wasm/Secp256k1').then((module) => module.engine()),
    import('ox/wasm/Hash').then((module) => module.engine()),
  ])
  const verifyOptions = { prehash: false }
  const signOptions = { extraEntropy: false, prehash: false }

  return {
    getPublicKey: (privateKey) => secp256k1.getPublicKey(privateKey),
    keccak256: (bytes) => hash.keccak256(bytes),
    name: 'wasm',
    recover(digest, signature) {
      const recovered = new Uint8Array(65)
      recovered[0] = (signature[64] ?? 0) - 27
      recovered.set(signature.subarray(0, 64), 1)
      try {
        return secp256k1.recoverPublicKey(recovered, digest)
      } catch (cause) {
        throw new SignatureMalformedError({ cause, reason: 'no key can have made it' })
      }
    },
    sign(digest, privateKey) {
      const recovered = secp256k1.sign(digest, privateKey, signOptions)
      const signature = new Uint8Array(65)
      signature.set(recovered.subarray(1))
      signature[64] = 27 + (recovered[0] ?? 0)
      return signature
    },
    verify: (digest, signature, publicKey) =>
      secp256k1.verify(signature.subarray(0, 64), digest, publicKey, verifyOptions),
  }
}
