import { AitokenError } from '@aitoken/core/errors'
import type { Address } from 'viem'

import type { Usage } from './usage.js'

/** Thrown when a price table was not signed by the provider it names. */
export class PriceTableSignerError extends AitokenError {
  override readonly name = 'PriceTableSignerError'

  constructor({ cause, recovered, signer }: PriceTableSignerError.Options) {
    const found = recovered ? `was signed by ${recovered}` : 'has a malformed signature'
    super(`The price table ${found}, but ${signer} should have signed it.`, {
      cause,
      hints: ['Do not pay this provider: its prices do not bind it.'],
    })
  }
}

export declare namespace PriceTableSignerError {
  type Options = {
    cause?: unknown
    /** Who signed it; undefined when the signature is malformed. */
    recovered: Address | undefined
    /** Who should have signed it. */
    signer: Address
  }
}

/** Thrown when a price table no longer holds. */
export class PriceTableExpiredError extends AitokenError {
  override readonly name = 'PriceTableExpiredError'

  constructor({ now, validUntil }: { now: bigint; validUntil: bigint }) {
    super(`The prices held until ${validUntil}, and it is ${now}.`, {
      hints: ['Ask the provider for a new quote.', "Check the machine's clock."],
    })
  }
}

/** Thrown when a provider configures a price that cannot be signed. */
export class PriceInvalidError extends AitokenError {
  override readonly name = 'PriceInvalidError'

  constructor({ model, price }: { model: string; price: bigint }) {
    super(`A price of ${price} base units for ${model} is negative or does not fit into 128 bits.`, {
      hints: ['Give prices in base units per million tokens.'],
    })
  }
}

/** Thrown when token counts make no sense. */
export class UsageInvalidError extends AitokenError {
  override readonly name = 'UsageInvalidError'

  constructor({ usage }: { usage: Usage }) {
    const { cachedInput, input, output, reasoning } = usage
    super(
      `${input} input (${cachedInput} cached) and ${output} output (${reasoning} reasoning) tokens make no sense.`,
      { hints: ['Counts are natural numbers; cached is part of input and reasoning part of output.'] },
    )
  }
}
