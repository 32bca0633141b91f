import type { Abi, AbiFunction } from 'abitype'
import { type Address, decodeFunctionData, formatUnits, toFunctionSelector } from 'viem'

import type { Call } from '../call/call.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import { tokenPhrases } from '../token/phrases.js'
import type { Phrasebook, PhraseContext } from './phrases.js'

/**
 * Says what calls do, in one English line each. It reads the encoded bytes, not the arguments beside them,
 * so it says what would be executed; what it does not know it names and says so.
 *
 * @param calls - The calls.
 * @param parameters - {@link describe.Parameters}
 * @returns One sentence for each call.
 *
 * @example
 * ```ts
 * import { describe, transferCall } from '@aitoken/core'
 *
 * const token = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
 * const to = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
 * const [line] = describe([transferCall({ amount: 12_500_000_000_000_000_000n, to, token })], {
 *   names: { [to]: 'Bob' },
 *   tokens: { [token]: { decimals: 18, symbol: 'AIT' } },
 * })
 * // Transfer 12.5 AIT to Bob.
 * ```
 */
export function describe(calls: readonly Call[], parameters: describe.Parameters = {}): string[] {
  const { native = { decimals: 18, symbol: 'ETH' }, phrases = [] } = parameters
  const books = [...phrases, { abi: aiTokenAbi, phrases: tokenPhrases }]
  return calls.map((call) => {
    const context = toContext(call.to, parameters)
    const sentence = saidBy(books, call, context) ?? fallback(call, context)
    const sent =
      call.value > 0n ? `, sending ${formatUnits(call.value, native.decimals)} ${native.symbol}` : ''
    return `${sentence}${sent}.`
  })
}

function saidBy(books: readonly Phrasebook[], call: Call, context: PhraseContext): string | undefined {
  for (const { abi, phrases } of books) {
    const found = findFunction(abi, call)
    const phrase = found && phrases[found.name]
    if (!phrase) continue
    const args = decode(found, call)
    // The phrase of a function takes the arguments that its own ABI item decodes.
    const say = phrase as (args: readonly unknown[], context: PhraseContext) => string
    return args ? say(args, context) : undecodable(found, context)
  }
  return undefined
}

function fallback(call: Call, context: PhraseContext): string {
  const found = findFunction(call.abi, call)
  if (!found) return `Call the unknown function ${call.data.slice(0, 10)} of ${context.name(call.to)}`
  const args = decode(found, call)
  if (!args) return undecodable(found, context)
  const values = found.inputs.map((input, index) => `${input.name || index}: ${written(args[index])}`)
  return `Call ${found.name}(${values.join(', ')}) of ${context.name(call.to)}`
}

function decode(item: AbiFunction, { data }: Call): readonly unknown[] | undefined {
  try {
    return decodeFunctionData({ abi: [item] as readonly AbiFunction[], data }).args ?? []
  } catch {
    // What the bytes say cannot be told; the sentence says so.
    return undefined
  }
}

function undecodable(item: AbiFunction, { name, to }: PhraseContext): string {
  return `Call ${item.name} of ${name(to)} with arguments that do not decode`
}

function findFunction(abi: Abi, { data }: Call): AbiFunction | undefined {
  return abi.find(
    (item): item is AbiFunction =>
      item.type === 'function' && toFunctionSelector(item) === data.slice(0, 10).toLowerCase(),
  )
}

function toContext(to: Address, { names = {}, tokens = {} }: describe.Parameters): PhraseContext {
  const nameOf = byAddress(names)
  const tokenOf = byAddress(tokens)
  const name = (address: Address): string => nameOf(address) ?? address
  return {
    amount: (value, token = to) => {
      const known = tokenOf(token)
      if (known) return `${formatUnits(value, known.decimals)} ${known.symbol}`
      return `${value} base units of ${name(token)}`
    },
    name,
    time: (seconds) => {
      const milliseconds = Number(seconds) * 1000
      // Beyond what a date can be: an endless deadline.
      return milliseconds > 8.64e15 ? 'the end of time' : new Date(milliseconds).toISOString()
    },
    to,
  }
}

function byAddress<value>(
  entries: Readonly<Record<Address, value>>,
): (address: Address) => value | undefined {
  const lowered = new Map(Object.entries(entries).map(([key, value]) => [key.toLowerCase(), value]))
  return (address) => lowered.get(address.toLowerCase())
}

function written(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) => (typeof entry === 'bigint' ? String(entry) : entry))
}

export declare namespace describe {
  type Parameters = {
    /** Names of accounts and contracts, by address. */
    names?: Readonly<Record<Address, string>> | undefined
    /** The native coin. @default 18 decimals, 'ETH' */
    native?: { decimals: number; symbol: string } | undefined
    /** Contracts besides the token whose functions have phrases; they are asked first. */
    phrases?: readonly Phrasebook[] | undefined
    /** How amounts of tokens are written, by address; see {@link getMetadata}. */
    tokens?: Readonly<Record<Address, { decimals: number; symbol: string }>> | undefined
  }
}
