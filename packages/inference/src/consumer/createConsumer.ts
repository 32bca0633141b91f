import type { WriteClient } from '@aitoken/core'
import type { Address, LocalAccount } from 'viem'

import type { Archive } from '../archive/archive.js'
import type { ChannelRecord } from '../books/channelRecord.js'
import { exportEvidence } from '../evidence/exportEvidence.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import type { Signer } from '../signature/privateKeyToSigner.js'
import type { ConsumerWatchOptions, ConsumerWatchtower } from '../watchtower/consumerWatchtower.js'
import type { Quote } from '../wire/quote.js'
import type { ProviderAccount } from './account.js'
import { type Budget, toOrigin } from './budget.js'
import type { ClosedAccount } from './closeAccount.js'
import type { Fetch } from './context.js'
import { createContext } from './createContext.js'
import { createOpener } from './createOpener.js'
import type { RegistryOptions } from './createResolver.js'
import { ChannelNotOpenError } from './errors.js'
import { isPaid } from './isPaid.js'
import type { Lane } from './lanes.js'
import { parseProviderUrl, spellTarget, toProviderUrl } from './providerUrl.js'
import type { PriceRaise } from './quoteErrors.js'
import { stripSecrets } from './stripSecrets.js'

/** Buys model calls. */
export type Consumer = {
  /** The channel with a provider; opened when there is none. */
  channel(origin: string): Promise<ChannelRecord>
  /** Asks a provider to close its channel: it is paid what it charged, and the rest comes back. */
  close(origin: string): Promise<ClosedAccount>
  /** Sends a request and pays for it when it is for a completion: give it to any client as its `fetch`. */
  fetch: Fetch
  /** What a provider offers; asking costs nothing. */
  quote(origin: string): Promise<Quote>
  /**
   * Everything that somebody else needs to check what this store's channels were charged, as lines of JSON: see
   * `auditEvidence`. Also of earlier runs, when the store is durable.
   */
  exportReceipts(): AsyncIterable<string>
  /** The receipts of this consumer's channels that are kept, the latest last. */
  receipts(): readonly SignedReceipt[]
  /** What this consumer was charged since it was created, in base units, over all providers. */
  spent(): bigint
  /**
   * The URL that stands for a registered provider (`aitoken://7` means the same): `fetch` sends what goes there to the
   * endpoint that it registered, and pays only who signs with the key that it registered.
   */
  url(id: bigint): string
  /** Watches the chain from now on: leaves a provider that takes more than it billed, and sees exits to their end. */
  watch(options?: ConsumerWatchOptions): Promise<ConsumerWatchtower>
}

/**
 * Creates a consumer, whose `fetch` pays for what it asks: an OpenAI client that is given it needs no other change.
 * The first request to a provider opens a channel; none after it sends a transaction or waits for one. Every bill
 * is checked against what arrived, and a provider that charges more is paid no further.
 *
 * @param parameters - {@link createConsumer.Parameters}
 * @returns The consumer.
 * @throws `AccountMissingError` when the client has no account.
 * @throws `ConsumerOptionError` when an option cannot work.
 * @throws `ChainNotSupportedError` when no address is given and none is known for the chain.
 *
 * @example
 * ```ts
 * import { createConsumer } from '@aitoken/inference/consumer'
 * import type { WriteClient } from '@aitoken/core'
 * import { parseEther } from 'viem'
 *
 * export async function ask(client: WriteClient) {
 *   const consumer = createConsumer({
 *     budget: { request: parseEther('0.05'), session: parseEther('2') },
 *     client,
 *   })
 *   const response = await consumer.fetch('https://provider.example/v1/chat/completions', {
 *     body: JSON.stringify({ max_tokens: 100, messages: [{ content: 'Hi', role: 'user' }], model: 'llama3' }),
 *     method: 'POST',
 *   })
 *   return response.json()
 * }
 * ```
 */
export function createConsumer(parameters: createConsumer.Parameters): Consumer {
  const context = createContext(parameters)
  const { accounts, opened, past } = context

  const open = createOpener(context)

  /** The dealings to pay in: with a registered provider, only while it is the one that was agreed with. */
  const meet = async (origin: string, model: string): Promise<ProviderAccount> => {
    const id = parseProviderUrl(origin)
    const held = accounts.has(origin)
    const account = await open(origin, model)
    if (id === undefined || !held) return account
    const { renewRegistration } = await import('./confirmRegistration.js')
    return (await renewRegistration(context, id, account)) ?? open(origin, model)
  }

  const pay = async (request: Request, origin: string): Promise<Response> => {
    // What pays is large: it loads with the first request that is paid for.
    const { buyCompletion } = await import('./buyCompletion.js')
    return buyCompletion(context, (model) => meet(origin, model), request)
  }

  return {
    channel: async (origin) => (await open(toOrigin(origin))).record,
    async close(url) {
      const origin = toOrigin(url)
      const { hasChannel } = await import('./openAccount.js')
      if (!accounts.has(origin) && !(await hasChannel(context, origin)))
        throw new ChannelNotOpenError({ origin })
      const account = await open(origin)
      const { closeAccount } = await import('./closeAccount.js')
      return closeAccount(context, account)
    },
    exportReceipts: () => exportEvidence(context.store),
    async fetch(input, init) {
      const target = await spellTarget(input)
      const url = new URL(target instanceof Request ? target.url : target)
      const method = init?.method ?? (target instanceof Request ? target.method : 'GET')
      if (!isPaid(method, url)) return context.send(target, { ...init, headers: stripSecrets(target, init) })
      return pay(new Request(target, init), url.origin)
    },
    async quote(url) {
      const origin = toOrigin(url)
      const account = await accounts.get(origin)
      if (account) return account.quote
      const { readQuote } = await import('./readQuote.js')
      return readQuote(context, origin)
    },
    receipts: () => [...past.receipts, ...[...opened].flatMap(({ receipts }) => [...receipts.values()])],
    spent: () => past.spent,
    url: toProviderUrl,
    async watch(options) {
      const { createConsumerWatchtower } = await import('../watchtower/createConsumerWatchtower.js')
      return createConsumerWatchtower(context, open, options)
    },
  }
}

export declare namespace createConsumer {
  type Parameters = {
    /** Whether a provider may ask for more than was agreed at first, or last accepted. @default it may not */
    acceptPrices?: ((raise: PriceRaise) => boolean | Promise<boolean>) | undefined
    /** Waits before the first, second … repetition, at least `least` ms. @default up to 250 ms more, twice as long each */
    backoff?: ((attempt: number, least: number) => Promise<void>) | undefined
    /** What may be authorized at most, in base units. There is no default: nothing is uncapped. */
    budget: Budget
    /** Payment channels contract. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Client with the account that funds channels. */
    client: WriteClient
    /** Counts tokens as the model's tokenizer does: bills of more are refused. @default a token for every byte of text */
    countTokens?: ((text: string, model: string) => number) | undefined
    /** Base units to put into a new channel. @default what the provider's budget and the session's allow */
    deposit?: bigint | undefined
    /** What sends requests. @default the platform's `fetch` */
    fetch?: Fetch | undefined
    /** Whether reasoning may be billed that the provider does not show. @default false */
    hiddenReasoning?: boolean | undefined
    /** How payments are proven where the provider offers a choice; vouchers are the fallback. @default 'voucher' */
    lane?: Lane | undefined
    /** Most bytes of an answer, or of one event of a stream, that are held in memory. @default 16_777_216 */
    maxAnswerBytes?: number | undefined
    /** The present, as Unix time in milliseconds. @default Date.now */
    now?: (() => number) | undefined
    /** Tells apart consumers that run at the same time on one store: each has its own channels. @default 'default' */
    name?: string | undefined
    /** Origins that may be paid. @default all, within the budgets */
    providers?: readonly string[] | undefined
    /** Most receipts that are kept of a channel; the oldest make room. @default 1_000 */
    receiptsKept?: number | undefined
    /** How providers are dealt with that are named by their id in the registry. */
    registry?: RegistryOptions | undefined
    /** How often a request is sent again that broke off or could not be served; it is charged once. @default 2 */
    retries?: number | undefined
    /** Name of the session that budgets are counted for; under the same name, and store, counting goes on. @default 'default' */
    session?: string | undefined
    /** Signs vouchers; `privateKeyToSigner` is ten times faster than others. @default the client's account */
    signer?: LocalAccount | Signer | undefined
    /** Where channels, budgets and receipts are kept between runs. @default memory */
    store?: Archive | undefined
    /** The token that is paid in. @default AIT on the client's chain */
    token?: Address | undefined
  }
}
