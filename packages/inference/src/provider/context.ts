import type { WriteClient } from '@aitoken/core'
import type { Address, Hex } from 'viem'

import type { Channel } from '../channel/channel.js'
import type { Journal } from '../journal/createJournal.js'
import type { GrantedSession, RevealedStream } from '../ledger/ledger.js'
import type { RequestPolicy } from '../policy/requestPolicy.js'
import type { ModelPrice } from '../price/priceTable.js'
import type { UsageReceipt } from '../receipt/receipt.js'
import type { ReceiptAccount } from '../receipt/signReceipt.js'
import type { SignatureEngine } from '../signature/engine.js'
import type { LedgerStore } from '../store/store.js'
import type { Upstream } from '../upstream/upstream.js'
import type { createVoucherVerifier } from '../voucher/createVoucherVerifier.js'
import type { Watchtower } from '../watchtower/watchtower.js'
import type { Activities } from './createActivities.js'
import type { Heartbeat } from './createHeartbeat.js'
import type { Looks } from './createLooks.js'
import type { PriceBook } from './createPriceBook.js'
import type { Signals } from './createSignals.js'
import type { Metrics, Observer } from './observer.js'

/** A model that a provider serves. */
export type ServedModel = {
  /** Names of request fields that it may get besides those that cost nothing. */
  readonly allowFields: readonly string[]
  /** Name of the model. */
  readonly id: string
  /** Most output tokens that it gives for one choice. */
  readonly maxOutputTokens: number
  /** Keccak-256 of its name. */
  readonly modelHash: Hex
  /** What it costs. */
  readonly price: ModelPrice
  /** Where it runs. */
  readonly upstream: Upstream
}

/** What this process remembers about a channel, to refuse bad vouchers before it asks the store. */
export type KnownChannel = {
  /** The channel's descriptor. */
  readonly channel: Channel
  /** Sessions that the payer granted, when last seen. */
  readonly grants: readonly GrantedSession[]
  /** The most a voucher may authorize, as of the last look at the chain. */
  readonly limit: bigint
  /** Who signs the channel's vouchers. */
  readonly signer: Address
  /** The hash chain that pays, when last seen. */
  readonly stream: RevealedStream | undefined
  /** Unix time in milliseconds at which the chain was last read. */
  readonly syncedAt: number
  /** Total of the highest voucher when last seen; it only grows, so a lower voucher is refused for sure. */
  readonly vouched: bigint
}

/** The cryptography of one provider, prepared once. */
export type Cryptography = {
  readonly engine: SignatureEngine
  /** Hashes a receipt. */
  hashReceipt(receipt: UsageReceipt): Uint8Array
  readonly vouchers: createVoucherVerifier.ReturnType
}

/** How long a provider waits, in milliseconds. */
export type Timeouts = {
  /** For the next bytes of an upstream that began to answer. */
  readonly idle: number
  /** For a voucher when a stream has used up its credit. */
  readonly pause: number
  /** For a reservation that nobody writes, before it counts as left by a process that died. */
  readonly reservation: number
  /** For a stream, from its first byte to its end. */
  readonly stream: number
  /** For a transaction to be included, before its fee is raised. */
  readonly stuck: number
  /** For the first byte of an upstream. */
  readonly upstream: number
}

/** Everything that the parts of a provider share. */
export type ProviderContext = {
  readonly account: ReceiptAccount
  /** What is being served. */
  readonly activities: Activities
  readonly chainId: number
  readonly channels: Address
  readonly channelTtl: number
  readonly client: WriteClient
  /** Base units that requests of a session may use beyond what is authorized. */
  readonly creditWindow: bigint
  /** Loads the cryptography on first use. */
  cryptography(): Promise<Cryptography>
  /** Seconds before a payer's exit ends at which streams get no more credit and everything is settled. */
  readonly exitMargin: number
  /** Keeps what is served from being taken for left behind. */
  readonly heartbeat: Heartbeat
  /** What is remembered of answers; undefined when idempotency keys are not looked at. */
  readonly journal: Journal | undefined
  readonly known: Map<Hex, KnownChannel>
  /** Looks at the chain about channels. */
  readonly looks: Looks
  /** Largest answer of an upstream, in bytes. */
  readonly maxAnswerBytes: number
  readonly maxBodyBytes: number
  /** Answers `GET /metrics`; undefined when nothing is measured. */
  readonly metrics: Metrics | undefined
  readonly models: ReadonlyMap<string, ServedModel>
  /** A name that no other request of any process has. */
  nextRequestId(): string
  /** Unix time in milliseconds. */
  now(): number
  /** Told about failures that the payer only learns the kind of. */
  onError(error: unknown): void
  /** Told what is done; undefined when nobody listens. */
  readonly observer: Observer | undefined
  readonly payee: Address
  /** What requests are held to; undefined when they are held to nothing. */
  readonly policy: RequestPolicy | undefined
  readonly priceBook: PriceBook
  /** The provider's number in the registry, for its quote. */
  readonly providerId: bigint | undefined
  readonly safetyMargin: bigint
  readonly signals: Signals
  readonly store: LedgerStore
  /** The most that one link of a hash chain may be worth, in base units; 0n when none are taken. */
  readonly streamUnit: bigint
  readonly streamWindow: number
  /** Runs a transaction of the client's account after those before it. */
  submit<result>(task: () => Promise<result>): Promise<result>
  readonly timeouts: Timeouts
  readonly token: Address
  /** What watches the chain for it. */
  readonly towers: Set<Watchtower>
}
