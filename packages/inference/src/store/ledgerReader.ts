import type { Address, Hex } from 'viem'
import * as z from 'zod/mini'

import type { Ledger } from '../ledger/ledger.js'

/** Reads a stored book, strictly: what is missing, unknown or out of range is never guessed. */
export type LedgerReader = ReturnType<typeof createLedgerReader>

/**
 * Creates what reads stored books. It is made on first use, for importing it must cost nothing.
 *
 * @returns The reader of version 1.
 */
export function createLedgerReader() {
  const amount = z.pipe(
    z.string().check(z.regex(/^(?:0|[1-9]\d{0,38})$/)),
    z.transform((digits: string) => BigInt(digits)),
  )
  const bytes = (pattern: RegExp) =>
    z.custom<Hex>((value) => typeof value === 'string' && pattern.test(value), 'Invalid hexadecimal')
  const anyBytes = bytes(/^0x(?:[\da-f]{2})*$/i)
  const hash = bytes(/^0x[\da-f]{64}$/i)
  const address: z.ZodMiniType<Address> = bytes(/^0x[\da-f]{40}$/i)
  const count = z.int().check(z.nonnegative())
  const orNone = <type extends z.ZodMiniType>(some: type) =>
    z.pipe(
      z.nullable(some),
      z.transform((value: z.output<type> | null) => value ?? undefined),
    )
  const channel = z.strictObject({
    authorizedSigner: address,
    payee: address,
    payer: address,
    salt: hash,
    token: address,
  })
  const claim = z.strictObject({ by: z.string(), until: count })
  const grant = z.strictObject({
    charged: amount,
    counter: amount,
    expiry: amount,
    key: anyBytes,
    keyId: anyBytes,
    limit: amount,
    seen: amount,
  })
  const receipt = z.strictObject({
    cachedInputTokens: count,
    channelId: hash,
    cost: amount,
    cumulative: amount,
    inputTokens: count,
    modelHash: hash,
    outputTokens: count,
    policyHash: hash,
    priceTableHash: hash,
    reasoningTokens: count,
    requestHash: hash,
    responseHash: hash,
    sequence: amount,
  })
  const reservation = z.strictObject({
    amount,
    attempt: z.optional(orNone(z.string())),
    delivered: amount,
    fingerprint: z.optional(orNone(anyBytes)),
    grant: z.optional(orNone(anyBytes)),
    requestId: z.string(),
    writtenAt: count,
  })
  const stream = z.strictObject({
    base: amount,
    link: hash,
    maxSteps: count,
    root: hash,
    signature: anyBytes,
    steps: count,
    unit: amount,
  })
  const ledger = z.strictObject({
    authorized: amount,
    channel,
    channelId: hash,
    claim: z.optional(orNone(claim)),
    closeAt: count,
    credit: amount,
    deposit: amount,
    grants: z.array(grant),
    margin: amount,
    receipt: orNone(receipt),
    reserved: z.array(reservation),
    sequence: amount,
    settled: amount,
    signature: orNone(anyBytes),
    signer: address,
    spent: amount,
    status: z.enum(['closed', 'closing', 'open']),
    stream: orNone(stream),
    syncedAt: count,
    vouched: amount,
  })
  const reader = z.strictObject({ ledger, version: z.literal(1) })
  // Does not compile when a book has a field that is not read, or the other way round.
  return exactly<z.output<typeof reader>>(
    reader,
    (book) => book,
    (book) => book,
  )
}

/** A record of what a store keeps. */
type Stored = { ledger: Ledger; version: 1 }

/** A type with every optional field made a required one, so that none can be forgotten. */
type Complete<type> = type extends bigint | number | string | undefined
  ? type
  : type extends readonly (infer item)[]
    ? readonly Complete<item>[]
    : { readonly [key in keyof type]-?: Complete<type[key]> }

/** Takes a reader, and the proof that what it reads and what a book has are the same fields. */
function exactly<read extends Stored>(
  reader: z.ZodMiniType<read>,
  _complete: (book: Complete<read>) => Complete<Stored>,
  _strict: (book: Complete<Stored>) => Complete<read>,
): z.ZodMiniType<Stored> {
  return reader
}
