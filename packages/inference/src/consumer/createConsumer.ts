import type { WriteClient } from '@aitoken/core'
import { AccountMissingError } from '@aitoken/core/errors'
import { addressOf } from '@aitoken/core/internal/deployment'
import type { Address, LocalAccount } from 'viem'

import type { SignedReceipt } from '../receipt/receipt.js'
import { createNobleEngine } from '../signature/createNobleEngine.js'
import type { Signer } from '../signature/privateKeyToSigner.js'
import type { Quote } from '../wire/quote.js'
import type { Budget, ChannelRecord, ProviderAccount } from './account.js'
import { type ChannelStore, createChannelMemory } from './channelStore.js'
import type { ClosedAccount } from './closeAccount.js'
import type { ConsumerContext, Fetch } from './context.js'
import { ConsumerOptionError, ProviderNotAllowedError } from './errors.js'
import { isPaid } from './isPaid.js'
import { forgetAccount, openAccount } from './openAccount.js'

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
  /** The receipts of this session, by provider and number. */
  receipts(): readonly SignedReceipt[]
  /** What this session was charged so far, in base units, over all providers. */
  spent(): bigint
}

/**
 * Creates a consumer, whose `fetch` pays for what it asks: an OpenAI client that is given it needs no other change.
 * The first request to a provider opens a channel; none after it sends a transaction or waits for one. Every bill
 * is checked against what arrived, and a provider that charges more is paid no further.
 *
 * @param parameters - {@link createConsumer.Parameters}
 * @returns The consumer.
 * @throws `AccountMissingError` when the client has no account.
 * @throws {@link ConsumerOptionError} when an option cannot work.
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
  const { accounts, opened } = context

  const open = (origin: string): Promise<ProviderAccount> => {
    if (context.providers && !context.providers.has(origin)) throw new ProviderNotAllowedError({ origin })
    const held = accounts.get(origin)
    if (held) return held
    const opening = openAccount(context, origin).catch((error: unknown) => {
      accounts.delete(origin)
      throw error
    })
    accounts.set(origin, opening)
    return opening
  }

  const pay = async (request: Request, origin: string): Promise<Response> => {
    // What pays is large: it loads with the first request that is paid for, while the channel opens.
    const [account, { buyCompletion }] = await Promise.all([open(origin), import('./buyCompletion.js')])
    return buyCompletion(context, account, request)
  }

  return {
    channel: async (origin) => (await open(toOrigin(origin))).record,
    async close(url) {
      const origin = toOrigin(url)
      const account = await open(origin)
      const { closeAccount } = await import('./closeAccount.js')
      const closed = await closeAccount(context, account)
      await forgetAccount(context, account)
      return closed
    },
    async fetch(input, init) {
      const url = new URL(input instanceof Request ? input.url : input)
      const method = init?.method ?? (input instanceof Request ? input.method : 'GET')
      if (!isPaid(method, url)) return context.send(input, init)
      return pay(new Request(input, init), url.origin)
    },
    async quote(url) {
      const origin = toOrigin(url)
      const account = await accounts.get(origin)
      if (account) return account.quote
      const { readQuote } = await import('./readQuote.js')
      return readQuote(context, origin)
    },
    receipts: () => [...opened].flatMap(({ receipts }) => [...receipts.values()]),
    spent: () => [...opened].reduce((sum, { began, record }) => sum + record.billed - began, 0n),
  }
}

export declare namespace createConsumer {
  type Parameters = {
    /** What may be authorized at most, in base units. There is no default: nothing is uncapped. */
    budget: Budget
    /** Payment channels contract. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Client with the account that funds channels. */
    client: WriteClient
    /** Base units to put into a new channel. @default the session's budget */
    deposit?: bigint | undefined
    /** What sends requests. @default the platform's `fetch` */
    fetch?: Fetch | undefined
    /** Whether reasoning may be billed that the provider does not show. @default false */
    hiddenReasoning?: boolean | undefined
    /** The present, as Unix time in milliseconds. @default Date.now */
    now?: (() => number) | undefined
    /** Origins that may be paid. @default all, within the budgets */
    providers?: readonly string[] | undefined
    /** Signs vouchers; `privateKeyToSigner` is ten times faster than others. @default the client's account */
    signer?: LocalAccount | Signer | undefined
    /** Where channels are kept between runs. @default memory */
    store?: ChannelStore | undefined
    /** The token that is paid in. @default AIT on the client's chain */
    token?: Address | undefined
  }
}

function createContext(parameters: createConsumer.Parameters): ConsumerContext {
  const { budget, client, deposit, hiddenReasoning = false, now = Date.now, providers } = parameters
  const { account } = client
  // The types ask for one; JavaScript may bring none.
  if (!account) throw new AccountMissingError({ action: 'createConsumer' })
  const signer = parameters.signer ?? (account.type === 'local' ? account : undefined)
  if (!signer) {
    const expected = 'an account that can sign in this process'
    throw new ConsumerOptionError({ expected, option: 'signer', value: account.address })
  }
  for (const [option, value] of Object.entries({ ...budget, deposit }))
    if (value !== undefined && (typeof value !== 'bigint' || value <= 0n))
      throw new ConsumerOptionError({ expected: 'a bigint of base units above 0', option, value })
  return {
    accounts: new Map(),
    budget,
    channels: parameters.channels ?? addressOf(client, 'paymentChannels'),
    client,
    deposit,
    engine: isFast(signer) ? signer.engine : createNobleEngine(),
    hiddenReasoning,
    now,
    opened: new Set(),
    providers: providers && new Set(providers.map(toOrigin)),
    send: parameters.fetch ?? ((input, init) => fetch(input, init)),
    signer,
    store: parameters.store ?? createChannelMemory(),
    token: parameters.token ?? addressOf(client, 'aiToken'),
  }
}

/** Whether an account brings its own engine, as those of `privateKeyToSigner` do. */
function isFast(account: LocalAccount | Signer): account is Signer {
  return 'signDigest' in account
}

function toOrigin(url: string): string {
  if (URL.canParse(url)) return new URL(url).origin
  throw new ConsumerOptionError({ expected: 'a URL', option: 'origin', value: url })
}
