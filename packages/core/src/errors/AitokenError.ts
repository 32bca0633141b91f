const brand = /* @__PURE__ */ Symbol.for('@aitoken/error')

/**
 * Root of every error thrown by an `@aitoken` package.
 *
 * @example
 * ```ts
 * import { AitokenError, transfer } from '@aitoken/core'
 * import type { WriteClient } from '@aitoken/core'
 *
 * export async function pay(client: WriteClient) {
 *   try {
 *     return await transfer(client, { amount: 1n, to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 *   } catch (error) {
 *     if (AitokenError.is(error)) console.error(error.shortMessage, error.hints)
 *     throw error
 *   }
 * }
 * ```
 */
export class AitokenError extends Error {
  override readonly name: string = 'AitokenError'

  /** What went wrong, in one sentence. */
  readonly shortMessage: string

  /** What the reader can do about it, one line each. */
  readonly hints: readonly string[]

  /** @internal */
  readonly [brand] = true

  constructor(shortMessage: string, options: AitokenError.Options = {}) {
    const { cause, hints = [] } = options
    super(
      [shortMessage, ...hints.map((hint) => `- ${hint}`)].join('\n'),
      cause === undefined ? undefined : { cause },
    )
    this.shortMessage = shortMessage
    this.hints = hints
  }

  /** Whether `error` is an `AitokenError`, even one from another copy of the package. */
  static is(error: unknown): error is AitokenError {
    return typeof error === 'object' && error !== null && brand in error
  }
}

export declare namespace AitokenError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** What the reader can do about it. */
    hints?: readonly string[] | undefined
  }
}
