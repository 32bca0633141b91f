import type { Lane } from '../load/runLoad.ts'
import type { MeasuredServer } from '../servers/startServer.ts'

/** A kind of request, and the server that it is for. */
export type Contender = {
  /** Requests in a round: fewer of those that take long. */
  readonly count: number
  readonly lane: Lane
  readonly server: MeasuredServer<unknown>
}

/** The request that every contender is asked; it does not stream. */
export const body = '{"model":"trivial","prompt":"Wherefore art thou","max_tokens":16}'

/** The same request unpaid, which every server answers with the same model. */
export function freeLane(): Lane {
  return { body, expected: 200, path: '/free/trivial/v1/completions' }
}

/** The same request unpaid, by a server that reads the answer before it passes it on. */
export function readLane(): Lane {
  return { body, expected: 200, path: '/read/v1/completions' }
}

/** What a figure is a figure of, and what is left out of it. */
export const notes = {
  mppxCharge: 'one recovery of an ERC-3009 authorization; settlement left out',
  mppxSession: 'a voucher for each request; its chain, a precompile of Tempo, is answered in the process',
  reading: 'no payment: what it takes to read the answer, as every gateway does that counts tokens',
  x402Batch: 'a voucher for each request, checked in the process; the channels are put into its storage',
  x402Exact: "the facilitator's check alone, in the process, with its reads of anvil; settlement left out",
} as const
