import type { WriteClient } from '@aitoken/core'
import type { Address, LocalAccount } from 'viem'

import type { Archive } from '../archive/archive.js'
import type { Bookkeeper } from '../books/createBookkeeper.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import type { SignatureEngine } from '../signature/engine.js'
import type { Signer } from '../signature/privateKeyToSigner.js'
import type { ProviderAccount } from './account.js'
import type { Limits } from './budget.js'
import type { Resolver } from './createResolver.js'
import type { Lane } from './lanes.js'
import type { PriceRaise } from './quoteErrors.js'

/** Sends requests, as the platform's `fetch` does. */
export type Fetch = (input: Request | URL | string, init?: RequestInit) => Promise<Response>

/** Everything that the parts of a consumer share. */
export type ConsumerContext = {
  /** Decides whether a provider may ask for more than was agreed; undefined when it never may. */
  readonly acceptPrices: ((raise: PriceRaise) => boolean | Promise<boolean>) | undefined
  /** Dealings with providers, by origin. */
  readonly accounts: Map<string, Promise<ProviderAccount>>
  /** The books of the payer; they load with the first request that is paid for. */
  books(): Promise<Bookkeeper>
  /** Waits before a request is sent again, at least so many milliseconds. */
  backoff(attempt: number, least: number): Promise<void>
  readonly channels: Address
  readonly client: WriteClient
  /** Counts the tokens of a text, as the model's tokenizer does; undefined when nobody does. */
  readonly countTokens: ((text: string, model: string) => number) | undefined
  readonly deposit: bigint | undefined
  readonly engine: SignatureEngine
  readonly hiddenReasoning: boolean
  /** Tells this consumer from others that may take a channel over. */
  readonly holder: string
  readonly lane: Lane
  readonly limits: Limits
  /** Most bytes of an answer that are held in memory. */
  readonly maxAnswerBytes: number
  /** Tells consumers apart that share a store. */
  readonly name: string
  /** Unix time in milliseconds. */
  now(): number
  /** All dealings that go on. */
  readonly opened: Set<ProviderAccount>
  /** What is left of dealings that ended. */
  readonly past: { readonly receipts: SignedReceipt[]; spent: bigint }
  /** One transaction after the other: those of one account must not race for a nonce. */
  queue<result>(task: () => Promise<result>): Promise<result>
  readonly providers: ReadonlySet<string> | undefined
  /** Finds providers that are named by their id. */
  readonly resolver: Resolver
  /** Most receipts that are kept of a channel. */
  readonly receiptsKept: number
  /** How often a request is sent again whose connection broke, or that the provider could not serve for a moment. */
  readonly retries: number
  readonly send: Fetch
  /** Name of the session, for its budget. */
  readonly session: string
  readonly signer: LocalAccount | Signer
  readonly store: Archive
  readonly token: Address
}

/** Where the payer's books are in a store: consumers of other chains, contracts, tokens or payers have others. */
export function toBooksKey({ channels, client, token }: ConsumerContext): string {
  return ['books', client.chain.id, channels, token, client.account.address].join('|').toLowerCase()
}
