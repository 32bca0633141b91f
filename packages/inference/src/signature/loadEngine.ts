import { createNobleEngine } from './createNobleEngine.js'
import { createWasmEngine } from './createWasmEngine.js'
import type { SignatureEngine } from './engine.js'
import { EngineUnavailableError } from './errors.js'

let warmed: Promise<SignatureEngine> | undefined

/**
 * Loads the fastest signature engine that runs here, warmed up, so that a server's first paid requests are as
 * cheap as its later ones. Takes about a quarter of a second, once; later calls share the engine.
 *
 * @param parameters - {@link loadEngine.Parameters}
 * @returns WebAssembly where it runs; otherwise pure JavaScript, whose `fallbackReason` says why.
 * @throws {@link EngineUnavailableError} when WebAssembly was asked for and cannot run.
 *
 * @example
 * ```ts
 * import { createVoucherVerifier, loadEngine } from '@aitoken/inference'
 *
 * export async function verifierOf(chainId: number, channels: `0x${string}`) {
 *   return createVoucherVerifier({ chainId, channels, engine: await loadEngine() })
 * }
 * ```
 */
export async function loadEngine(parameters: loadEngine.Parameters = {}): Promise<SignatureEngine> {
  const { prefer } = parameters
  if (prefer === 'noble') return createNobleEngine()
  try {
    warmed ??= createWasmEngine().then(warm)
    return await warmed
  } catch (cause) {
    warmed = undefined
    if (prefer === 'wasm') throw new EngineUnavailableError({ cause })
    return { ...createNobleEngine(), fallbackReason: cause }
  }
}

export declare namespace loadEngine {
  type Parameters = {
    /** Which engine to load. @default the fastest that runs */
    prefer?: 'noble' | 'wasm' | undefined
  }
  type ErrorType = EngineUnavailableError
}

/** Runs the engine until it is compiled for speed: its first checks are ten times slower. */
function warm(engine: SignatureEngine): SignatureEngine {
  const privateKey = new Uint8Array(32).fill(1)
  const publicKey = engine.getPublicKey(privateKey)
  let digest: Uint8Array = new Uint8Array(32)
  for (let round = 0; round < 400; round++) {
    digest = engine.keccak256(digest)
    const signature = engine.sign(digest, privateKey)
    engine.verify(digest, signature, publicKey)
    engine.recover(digest, signature)
  }
  return engine
}
