import { AitokenError } from '@aitoken/core/errors'

/** Thrown when bytes are not a signature that the chain would accept from anyone. */
export class SignatureMalformedError extends AitokenError {
  override readonly name = 'SignatureMalformedError'

  constructor({ cause, reason }: SignatureMalformedError.Options) {
    super(`The signature is malformed: ${reason}.`, {
      cause,
      hints: ['Send `r`, `s` and `v` as 65 bytes, with the low `s` and `v` of 27 or 28.'],
    })
  }
}

export declare namespace SignatureMalformedError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** What is wrong with it. */
    reason: string
  }
}

/** Thrown when bytes are not a private key of secp256k1. The key itself is never part of the message. */
export class PrivateKeyError extends AitokenError {
  override readonly name = 'PrivateKeyError'

  constructor() {
    super('The private key is not 32 bytes of hexadecimal between 1 and the order of secp256k1.', {
      hints: ['Pass `0x` and 64 hexadecimal digits, as `generatePrivateKey` of `viem/accounts` makes them.'],
    })
  }
}

/** Thrown when the WebAssembly engine was asked for by name and cannot run here. */
export class EngineUnavailableError extends AitokenError {
  override readonly name = 'EngineUnavailableError'

  constructor({ cause }: EngineUnavailableError.Options) {
    super('The WebAssembly signature engine cannot be loaded here.', {
      cause,
      hints: [
        "Allow 'wasm-unsafe-eval' in the page's content security policy.",
        "Or load the pure JavaScript engine: `loadEngine({ prefer: 'noble' })`.",
      ],
    })
  }
}

export declare namespace EngineUnavailableError {
  type Options = {
    /** The error that led to this one. */
    cause: unknown
  }
}
