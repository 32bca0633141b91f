import type { Address } from 'viem'

/** A secret that stands elsewhere: in a variable of the environment, or in a file that only its owner can read. */
export type Secret = { readonly env: string } | { readonly file: string }

/** A text, or a secret. */
export type Text = Secret | string

/** Amounts are decimal token amounts, such as `0.2`, per million tokens; `request` is per request. */
export type ConfiguredPrices = {
  readonly cachedInput?: string | undefined
  readonly input: string
  readonly output: string
  readonly reasoning?: string | undefined
  readonly request?: string | undefined
}

/** A model that a gateway sells. */
export type ConfiguredModel = {
  /** Request fields that its server may get besides those that cost nothing. */
  readonly allowFields?: readonly string[] | undefined
  readonly id: string
  readonly maxOutputTokens?: number | undefined
  readonly price: ConfiguredPrices
  readonly upstream: {
    readonly apiKey?: Secret | undefined
    readonly continuousUsage?: boolean | undefined
    /** By which name it gets a chat's limit of output tokens. */
    readonly limitName?: (typeof limitNames)[number] | undefined
    /** The model's name there. */
    readonly model?: string | undefined
    /** Where its API begins, or `builtin:shakespeare`. */
    readonly url: Text
  }
}

/** What a gateway is configured with, checked but not yet tried. */
export type GatewayConfig = {
  readonly account?: Secret | undefined
  readonly chain: {
    readonly channels?: Address | undefined
    readonly id?: number | undefined
    /** Milliseconds between polls for a receipt. */
    readonly pollingInterval?: number | undefined
    readonly rpc: Text
    readonly token?: Address | undefined
  }
  readonly cors?: boolean | readonly string[] | undefined
  /** How answers are kept for requests with an `Idempotency-Key`. */
  readonly journal?:
    | {
        /** False to ignore such keys. */
        readonly enabled?: boolean | undefined
        /** Milliseconds. */
        readonly grace?: number | undefined
        readonly maxAnswerBytes?: number | undefined
        /** Milliseconds. */
        readonly ttl?: number | undefined
      }
    | undefined
  readonly limits?:
    | {
        readonly channelTtl?: number | undefined
        /** Decimal token amount. */
        readonly creditWindow?: string | undefined
        /** Seconds. */
        readonly exitMargin?: number | undefined
        readonly idleTimeout?: number | undefined
        readonly maxBodyBytes?: number | undefined
        readonly maxFirstLooks?: number | undefined
        readonly pauseTimeout?: number | undefined
        readonly priceValidity?: number | undefined
        readonly reservationTtl?: number | undefined
        /** Decimal token amount. */
        readonly safetyMargin?: string | undefined
        readonly streamTimeout?: number | undefined
        /** Decimal token amount. */
        readonly streamUnit?: string | undefined
        readonly streamWindow?: number | undefined
        readonly stuckTimeout?: number | undefined
        readonly upstreamTimeout?: number | undefined
      }
    | undefined
  readonly listen?:
    | {
        readonly host?: string | undefined
        readonly maxConnections?: number | undefined
        readonly port?: number | undefined
      }
    | undefined
  readonly log?: { readonly level?: LogLevel | undefined } | undefined
  readonly metrics?:
    | {
        /** Whether anybody may read them. */
        readonly public?: boolean | undefined
        /** Whether the Node process is measured too. */
        readonly runtime?: boolean | undefined
        readonly token?: Secret | undefined
      }
    | undefined
  readonly models: readonly ConfiguredModel[]
  readonly payee?: Address | undefined
  /** The provider's number in the registry. */
  readonly providerId?: number | undefined
  /** Milliseconds between saying that the gateway stops and refusing requests. */
  readonly shutdownNotice?: number | undefined
  /** Milliseconds that requests have to end when the gateway stops. */
  readonly shutdownTimeout?: number | undefined
  readonly store?: Text | undefined
  /** How the chain is watched. Amounts are decimal token amounts. */
  readonly watch?:
    | {
        readonly dust?: string | undefined
        /** False where another process watches. */
        readonly enabled?: boolean | undefined
        /** Milliseconds. */
        readonly interval?: number | undefined
        /** Seconds. */
        readonly maxAge?: number | undefined
        readonly maxGasGwei?: string | undefined
        /** Tokens that one native coin is worth. */
        readonly nativePrice?: string | undefined
        /** URLs of more nodes to ask. */
        readonly nodes?: readonly Text[] | undefined
        readonly settleAbove?: string | undefined
      }
    | undefined
}

/** How much is logged. */
export type LogLevel = (typeof logLevels)[number]

/** From nothing to everything. */
export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const

/** The names of a chat's limit of output tokens. */
export const limitNames = ['both', 'max_completion_tokens', 'max_tokens'] as const
