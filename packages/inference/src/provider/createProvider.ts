import type { WriteClient } from '@aitoken/core'
import type { Address } from 'viem'

import type { JournalOptions } from '../journal/readJournal.js'
import type { RequestPolicy } from '../policy/requestPolicy.js'
import type { ReceiptAccount } from '../receipt/signReceipt.js'
import type { LedgerStore } from '../store/store.js'
import type { Upstream } from '../upstream/upstream.js'
import { encodeQuote } from '../wire/quote.js'
import { createContext } from './createContext.js'
import { createCors } from './createCors.js'
import { createQuoter } from './createQuoter.js'
import type { Log, Metrics, Observer } from './observer.js'
import type { Provider } from './provider.js'
import { createRouter } from './routeRequest.js'

/**
 * Creates a provider: an OpenAI-compatible gateway whose every call is paid through a payment channel. Mount its
 * `fetch` in Hono, Next, Workers, Deno or Node. It reads the chain when it first sees a channel and once a minute
 * after that, and never in between.
 *
 * @param parameters - {@link createProvider.Parameters}
 * @returns The provider.
 * @throws `AccountMissingError` when the client has no account, and none is given.
 * @throws {@link ProviderOptionError} when an option cannot work.
 * @throws `ChainNotSupportedError` when no address is given and none is known for the chain.
 *
 * @example
 * ```ts
 * import { createOpenaiUpstream, createProvider } from '@aitoken/inference/provider'
 * import type { WriteClient } from '@aitoken/core'
 *
 * export function serve(client: WriteClient) {
 *   const provider = createProvider({
 *     client,
 *     models: [
 *       {
 *         id: 'llama3',
 *         maxOutputTokens: 2048,
 *         prices: { input: 200_000_000_000_000_000n, output: 600_000_000_000_000_000n },
 *         upstream: createOpenaiUpstream({ baseUrl: 'http://localhost:11434/v1' }),
 *       },
 *     ],
 *   })
 *   return { fetch: provider.fetch }
 * }
 * ```
 */
export function createProvider(parameters: createProvider.Parameters): Provider {
  const context = createContext(parameters)
  const sharing = createCors(parameters.cors ?? true)
  const quote = createQuoter(context)
  // What reads and writes the chain is large, so it is loaded when it is needed.
  return {
    close: async (channelId) => (await import('./closeChannel.js')).closeChannel(context, channelId),
    fetch: createRouter(context, { cors: sharing, quote: async () => encodeQuote(await quote()) }),
    async flush({ notice = 0, timeout = 30_000 } = {}) {
      // At once, before anything is loaded: what comes now is refused.
      const stopped = await context.activities.drain({ notice, timeout })
      return (await import('./flushProvider.js')).flushProvider(context, stopped)
    },
    quote,
    recover: async (options) =>
      (await import('../watchtower/recoverLedgers.js')).recoverLedgers(context, options),
    settle: async (ids) => (await import('./settleChannels.js')).settleChannels(context, ids),
    async watch(options) {
      const { createWatchtower } = await import('../watchtower/createWatchtower.js')
      const tower = createWatchtower(context, options)
      context.towers.add(tower)
      return tower
    },
  }
}

export declare namespace createProvider {
  /** A model to serve. */
  type Model = {
    /** Request fields that its server may get besides those that cost nothing; price what they cost. @default none */
    allowFields?: readonly string[] | undefined
    /** Name that payers use. */
    id: string
    /** Most output tokens for one choice; a request for more gets this many. */
    maxOutputTokens: number
    /** What it costs, in base units per million tokens. */
    prices: {
      /** Cached input tokens. @default the price of input */
      cachedInput?: bigint | undefined
      /** Input tokens. */
      input: bigint
      /** Output tokens. */
      output: bigint
      /** Reasoning tokens. @default the price of output */
      reasoning?: bigint | undefined
      /** A request, whatever it uses, in base units. @default 0n */
      request?: bigint | undefined
    }
    /** Where it runs. */
    upstream: Upstream
  }
  type Parameters = {
    /** Signs prices and receipts; `privateKeyToSigner` is ten times faster than others. @default the client's */
    account?: ReceiptAccount | undefined
    /** Payment channels contract. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** How long a look at the chain holds, in milliseconds. @default 60_000 */
    channelTtl?: number | undefined
    /** Reads channels and closes them; its account is the payee or the payee's operator. */
    client: WriteClient
    /** Origins whose pages may use the provider: all, none, or those given. Payment needs no cookies. @default true */
    cors?: boolean | readonly string[] | undefined
    /**
     * Base units per channel that requests of a session may cost beyond what their payer signed for. It is what the
     * provider loses when a payer vanishes; without one, sessions only save the payer signatures. @default 0n
     */
    creditWindow?: bigint | undefined
    /** Seconds before a payer's exit ends at which streams get no more credit and all is settled. @default 300 */
    exitMargin?: number | undefined
    /** How long an upstream may be silent, or a payer take nothing, in the middle of a stream, in milliseconds. @default 30_000 */
    idleTimeout?: number | undefined
    /** How answers are kept for requests with an `Idempotency-Key`; false to ignore such keys. @default for a day */
    journal?: JournalOptions | false | undefined
    /** Gets a line for each request and each failure, without anything that was asked, answered or signed. @default none */
    log?: Log | undefined
    /** Largest answer of an upstream, in bytes: a larger one has failed, and a longer stream breaks off. @default 33_554_432 */
    maxAnswerBytes?: number | undefined
    /** Largest request body, in bytes. @default 1_048_576 */
    maxBodyBytes?: number | undefined
    /**
     * Channels that are looked up on chain for the first time at once. Sixteen times as many wait in line, and what
     * comes beyond is refused with `ProviderBusyError`. @default 64
     */
    maxFirstLooks?: number | undefined
    /** Measures, and answers `GET /metrics`; see `createMetrics` of `@aitoken/inference/metrics`. @default none */
    metrics?: Metrics | undefined
    /** What is served. */
    models: readonly createProvider.Model[]
    /** The present, as Unix time in milliseconds. @default Date.now */
    now?: (() => number) | undefined
    /** Told what the provider does, where `metrics` is not given. @default nobody */
    observer?: Observer | undefined
    /** Told about failures whose details payers do not get: log them. @default nothing */
    onError?: ((error: unknown) => void) | undefined
    /** How long a stream waits for a voucher, in milliseconds. @default 10_000 */
    pauseTimeout?: number | undefined
    /** Who is paid. @default the account */
    payee?: Address | undefined
    /**
     * Rules that every request is held to before it is paid for; their digest is in each receipt, and they may cap the
     * prices. See `policyEnforcer` of `@aitoken/governance/policy`. @default none
     */
    policy?: RequestPolicy | undefined
    /** How long quoted prices hold, in seconds. @default 86_400 */
    priceValidity?: number | undefined
    /** The provider's number in the registry, for its quote; payers check the registration. @default none */
    providerId?: bigint | undefined
    /**
     * Milliseconds after which credit that nobody uses or gives back belongs to a process that died: what it delivered
     * is charged as far as it was written, the rest is free, and a repeated request is served anew. A process says every
     * third of it that its requests run, so the clocks of processes on one store must agree within a third. One that
     * stands still for longer loses its requests in the same way: what it charges late is refused. @default 60_000
     */
    reservationTtl?: number | undefined
    /** Base units of every deposit that vouchers may not touch. @default 0n */
    safetyMargin?: bigint | undefined
    /** Where the books are kept. @default memory, which forgets */
    store?: LedgerStore | undefined
    /**
     * How long a stream may take in all, in milliseconds: then it ends with an error event, and what was delivered is
     * charged. Models that think for long, at prices that pay for it, may need more. @default 1_800_000
     */
    streamTimeout?: number | undefined
    /**
     * The most that one link of a hash chain may be worth, in base units; 0n takes none. Less than that is lost when
     * a payer vanishes without a last voucher. @default the price of a stream's window of the dearest model
     */
    streamUnit?: bigint | undefined
    /** Output tokens that a stream is paid ahead. @default 64 */
    streamWindow?: number | undefined
    /** Milliseconds for which a transaction may wait for its block before its fee is raised. @default 45_000 */
    stuckTimeout?: number | undefined
    /** The token that is paid in. @default AIT on the client's chain */
    token?: Address | undefined
    /** How long an upstream may take to begin, and a whole answer to arrive, in milliseconds. @default 120_000 */
    upstreamTimeout?: number | undefined
  }
}
