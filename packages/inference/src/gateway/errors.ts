import { AitokenError } from '@aitoken/core/errors'

/** Thrown when a gateway is configured with something that cannot work. */
export class GatewayConfigError extends AitokenError {
  override readonly name = 'GatewayConfigError'

  /** The field, as its path in the configuration file. */
  readonly field: string

  constructor({ cause, expected, field, hidden = false, value }: GatewayConfigError.Options) {
    super(
      `\`${field}\` ${value === undefined ? 'is missing' : hidden ? 'cannot be used' : `is ${show(value)}`}.`,
      {
        cause,
        hints: [`Give ${expected}.`],
      },
    )
    this.field = field
  }
}

export declare namespace GatewayConfigError {
  type Options = {
    cause?: unknown
    /** What would work. */
    expected: string
    /** The field, as its path in the configuration file. */
    field: string
    /** Whether what was given may be a secret, and is not shown. @default false */
    hidden?: boolean | undefined
    /** What was given. */
    value: unknown
  }
}

/** Thrown when something that a gateway needs does not answer as it starts. */
export class GatewayStartError extends AitokenError {
  override readonly name = 'GatewayStartError'
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value))
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
