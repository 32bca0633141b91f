import type { Hex } from 'viem'

import type { Ledger } from '../ledger/ledger.js'
import { StoreCorruptError } from './errors.js'
import { createLedgerReader, type LedgerReader } from './ledgerReader.js'

/**
 * Writes a book as text that every store keeps: JSON with its version, amounts as decimal strings.
 *
 * @param ledger - The book.
 * @returns The text that {@link decodeLedger} reads.
 */
export function encodeLedger(ledger: Ledger): string {
  return JSON.stringify({ ledger, version: 1 }, (_, value: unknown) => {
    if (typeof value === 'bigint') return `${value}`
    // A field that says "none" is written too: one that is missing is a damaged book.
    return value === undefined ? null : value
  })
}

let reader: LedgerReader | undefined

/**
 * Reads a book, strictly: what is missing, unknown or out of range is never guessed.
 *
 * @param channelId - The channel that it was stored under.
 * @param text - What {@link encodeLedger} wrote.
 * @returns The book.
 * @throws {@link StoreCorruptError} when it is anything else, or the book of another channel.
 */
export function decodeLedger(channelId: Hex, text: string): Ledger {
  reader ??= createLedgerReader()
  const result = reader.safeParse(parseJson(channelId, text))
  if (!result.success) {
    const [issue] = result.error.issues
    const path = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys : [])]
    throw new StoreCorruptError({ cause: result.error, channelId, field: path.join('.') })
  }
  const { ledger } = result.data
  if (ledger.channelId.toLowerCase() !== channelId.toLowerCase())
    throw new StoreCorruptError({ channelId, field: 'ledger.channelId' })
  return ledger
}

function parseJson(channelId: Hex, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new StoreCorruptError({ cause, channelId, field: '' })
  }
}
