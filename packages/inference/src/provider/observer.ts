import type { Hex } from 'viem'

import type { Usage } from '../price/usage.js'

/**
 * How a request ended: `complete`; `replayed`, the kept answer once more; `broken` by the model; `cancelled` by the
 * payer; `expired`, a stream that took too long; `unpaid`, out of credit in the middle; `refused` for what the payer
 * sent; `failed` for anything else.
 */
export type Outcome =
  | 'broken'
  | 'cancelled'
  | 'complete'
  | 'expired'
  | 'failed'
  | 'refused'
  | 'replayed'
  | 'unpaid'

/** What happened to one request, told once, at its end. It holds nothing that was asked or answered. */
export type RequestReport = {
  /** Channel that paid, in full; undefined when none was named. */
  readonly channelId: Hex | undefined
  /** What was charged, in base units. */
  readonly charge: bigint
  /** From arrival to the end, in milliseconds. */
  readonly durationMs: number
  /** From arrival to the first byte of the answer, in milliseconds. */
  readonly firstByteMs: number
  /** Model that was asked; undefined unless it is served. */
  readonly model: string | undefined
  readonly outcome: Outcome
  /** From arrival until the model was asked, in milliseconds: what this provider adds. */
  readonly overheadMs: number | undefined
  /** Milliseconds for which the stream waited for a voucher. */
  readonly pausedMs: number
  /** How often the stream waited for a voucher. */
  readonly pauses: number
  /** Short type of the problem that was answered, such as `voucher-replayed`. */
  readonly problem: string | undefined
  /** The provider's own name of the request; undefined when it was not paid for. */
  readonly requestId: string | undefined
  /** The path's pattern, such as `/v1/channels/{id}/vouchers`; `other` for all that lead nowhere. */
  readonly route: string
  /** HTTP status; 499 when the payer left before there was one. */
  readonly status: number
  /** Tokens used; undefined when nothing was charged. */
  readonly usage: Usage | undefined
}

/** A transaction of the provider's that was confirmed. */
export type TransactionReport = {
  readonly action: 'close' | 'settle' | 'stream'
  /** What the transaction cost, in wei. */
  readonly fee: bigint
  /** Gas that it used. */
  readonly gasUsed: bigint
}

/** Told what a provider does. Each is called at once and must not throw; what is left out costs nothing. */
export type Observer = {
  /** Something on chain needs the operator, such as an exit that could not be answered in time. */
  alarmed?(kind: string): void
  /** A request ended. */
  ended?(report: RequestReport): void
  /** The provider was paid so many base units on chain. */
  paid?(amount: bigint): void
  /** A transaction of the store took so many milliseconds. */
  stored?(milliseconds: number, succeeded: boolean): void
  /** A transaction was confirmed. */
  transacted?(report: TransactionReport): void
  /** A voucher's signature was checked. */
  verified?(valid: boolean): void
}

/** What a provider is doing and holds, read when somebody asks for it. */
export type ProviderState = {
  /** Sums over the books; undefined when the store cannot be read. */
  readonly books: BooksState | undefined
  /** Whether the provider is about to stop. */
  readonly draining: boolean
  /** Streams that wait for a voucher. */
  readonly pausedStreams: number
  /** Requests that are being served, streams included. */
  readonly requests: number
  readonly streams: number
}

/** Sums over a provider's books, in base units. */
export type BooksState = {
  /** Signed for on open channels. */
  readonly authorized: bigint
  /** Channels by their status. */
  readonly channels: Readonly<Record<'closed' | 'closing' | 'open', number>>
  /** Charged and not yet paid on chain: what is lost if the payers' vouchers are. */
  readonly exposed: bigint
  /** Set aside for requests that are being served. */
  readonly reserved: bigint
  /** Paid on chain, over all channels in the store. */
  readonly settled: bigint
}

/** What measures a provider and answers `GET /metrics`; `createMetrics` of `@aitoken/inference/metrics` makes one. */
export type Metrics = {
  readonly observer: Observer
  /** Answers `GET /metrics`. */
  serve(request: Request, readState: () => Promise<ProviderState>): Promise<Response>
}

/** Where lines about requests go; pino, and anything with the same methods. */
export type Log = {
  error(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}
