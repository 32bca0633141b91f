import type { WriteClient } from '@aitoken/core'
import { addressOf } from '@aitoken/core/internal/deployment'
import type { Address, Hex } from 'viem'

import { createQueue } from '../internal/createQueue.js'
import type { ReceiptAccount } from '../receipt/signReceipt.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import type { LedgerStore } from '../store/store.js'
import type { Upstream } from '../upstream/upstream.js'
import { encodeQuote, type Quote } from '../wire/quote.js'
import type { ClosedChannel } from './closeChannel.js'
import type { ProviderContext } from './context.js'
import { createCors } from './createCors.js'
import { createPriceBook } from './createPriceBook.js'
import { createSignals } from './createSignals.js'
import { loadCryptography } from './loadCryptography.js'
import { readAccount, readModels, readOptions } from './readOptions.js'
import { createRouter } from './routeRequest.js'
import type { SettledChannels } from './settleChannels.js'

/** Sells model calls. */
export type Provider = {
  /** Ends a channel: the provider is paid what was spent, and the rest goes back. */
  close(channelId: Hex): Promise<ClosedChannel>
  /** Answers a request, for any server that speaks the fetch standard. It never rejects. */
  fetch(request: Request): Promise<Response>
  /** What the provider publishes at `/.well-known/aitoken.json`. */
  quote(): Promise<Quote>
  /** Pays the provider what was spent, on the given channels or on all; they stay open. */
  settle(channelIds?: readonly Hex[]): Promise<SettledChannels>
}

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
  const { client, now = Date.now, onError = () => undefined, priceValidity = 86_400 } = parameters
  const options = readOptions(parameters)
  const account = readAccount(parameters)
  const models = readModels(parameters.models)
  const chainId = client.chain.id
  const channels = parameters.channels ?? addressOf(client, 'paymentChannels')
  const token = parameters.token ?? addressOf(client, 'aiToken')
  const payee = parameters.payee ?? account.address
  const { cors = true, safetyMargin = 0n, store = createMemoryStore() } = parameters
  const prices = [...models.values()].map(({ price }) => price)
  const validity = BigInt(priceValidity)
  const instance = crypto.randomUUID()
  const context: ProviderContext = {
    ...options,
    account,
    chainId,
    channels,
    client,
    cryptography: loadCryptography({ chainId, channels }),
    known: new Map(),
    nextRequestId: () => `${instance}-${++requests}`,
    models,
    now,
    onError,
    payee,
    priceBook: createPriceBook(account, { chainId, channels, models: prices, now, payee, token, validity }),
    safetyMargin,
    signals: createSignals(),
    store,
    submit: createQueue(),
    token,
  }
  let requests = 0
  let metadata: Promise<{ decimals: number; symbol: string }> | undefined

  const quote = async (): Promise<Quote> => {
    // Who reads the quote pays soon: by then the cryptography is loaded. If it fails, the payment says so.
    context.cryptography().catch(() => undefined)
    metadata ??= import('./readMetadata.js')
      .then(({ readMetadata }) => readMetadata({ client, token }))
      .catch((error: unknown) => {
        metadata = undefined
        throw error
      })
    const [{ decimals, symbol }, { signature, table }] = await Promise.all([
      metadata,
      context.priceBook.current(),
    ])
    return {
      chainId,
      channels,
      models: [...models.values()].map(({ id, maxOutputTokens }) => ({ id, maxOutputTokens })),
      payee,
      priceTable: table,
      priceTableSignature: signature,
      receiptSigner: account.address,
      safetyMargin,
      streamWindow: context.streamWindow,
      token: { address: token, decimals, symbol },
    }
  }

  // What reads and writes the chain is large, so it is loaded when it is needed.
  return {
    close: async (channelId) => (await import('./closeChannel.js')).closeChannel(context, channelId),
    fetch: createRouter(context, { cors: createCors(cors), quote: async () => encodeQuote(await quote()) }),
    quote,
    settle: async (ids) => (await import('./settleChannels.js')).settleChannels(context, ids),
  }
}

export declare namespace createProvider {
  /** A model to serve. */
  type Model = {
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
    /** How long an upstream may be silent, or a payer take nothing, in the middle of a stream, in milliseconds. @default 30_000 */
    idleTimeout?: number | undefined
    /** Largest request body, in bytes. @default 1_048_576 */
    maxBodyBytes?: number | undefined
    /** What is served. */
    models: readonly createProvider.Model[]
    /** The present, as Unix time in milliseconds. @default Date.now */
    now?: (() => number) | undefined
    /** Told about failures whose details payers do not get: log them. @default nothing */
    onError?: ((error: unknown) => void) | undefined
    /** How long a stream waits for a voucher, in milliseconds. @default 10_000 */
    pauseTimeout?: number | undefined
    /** Who is paid. @default the account */
    payee?: Address | undefined
    /** How long quoted prices hold, in seconds. @default 86_400 */
    priceValidity?: number | undefined
    /** Base units of every deposit that vouchers may not touch. @default 0n */
    safetyMargin?: bigint | undefined
    /** Where the books are kept. @default memory, which forgets */
    store?: LedgerStore | undefined
    /** Output tokens that a stream is paid ahead. @default 64 */
    streamWindow?: number | undefined
    /** The token that is paid in. @default AIT on the client's chain */
    token?: Address | undefined
    /** How long an upstream may take to begin, and a whole answer to arrive, in milliseconds. @default 120_000 */
    upstreamTimeout?: number | undefined
  }
}
