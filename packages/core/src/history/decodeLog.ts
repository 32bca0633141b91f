import type { AbiEvent, AbiParameter, AbiParameterToPrimitiveType } from 'abitype'
import { type Address, decodeEventLog, getAddress, type Hex } from 'viem'

/** Arguments of an event, by name. */
export type EventArgs<event extends AbiEvent> = {
  [input in event['inputs'][number] as input['name'] & string]: AbiParameterToPrimitiveType<input>
}

/** What of a log its decoding needs. */
export type LogData = { data: Hex; topics: readonly Hex[] }

/** Turns one word, 64 hexadecimal digits, into a value. */
type WordReader = (word: string) => unknown

/**
 * Prepares a decoder for one event. Events made of single words, as the token's are, are cut from the log
 * directly: viem's general decoder takes some ten times as long, which is what a long history is made of.
 */
export function createLogDecoder<const event extends AbiEvent>(
  event: event,
): (log: LogData) => EventArgs<event> {
  const readers = event.inputs.map((input) => readerOf(input))
  if (readers.some((reader) => reader === undefined)) return (log) => decodeGenerally(event, log)

  return (log) => {
    const args: Record<string, unknown> = {}
    let topic = 1
    let offset = 2
    for (const [index, input] of event.inputs.entries()) {
      const word = input.indexed ? (log.topics[topic++] ?? '').slice(2) : log.data.slice(offset, offset + 64)
      if (!input.indexed) offset += 64
      args[input.name ?? index] = readers[index]?.(word)
    }
    // The readers follow the event's own inputs.
    return args as EventArgs<event>
  }
}

function decodeGenerally<const event extends AbiEvent>(event: event, log: LogData): EventArgs<event> {
  const topics = log.topics as [Hex, ...Hex[]]
  // `decodeEventLog` gives the arguments of the one event it was given.
  return decodeEventLog({ abi: [event] as readonly AbiEvent[], data: log.data, topics })
    .args as EventArgs<event>
}

function readerOf({ type }: AbiParameter): WordReader | undefined {
  if (type === 'address') return createAddressReader()
  if (type === 'bool') return (word) => BigInt(`0x${word}`) === 1n
  if (type === 'bytes32') return (word) => `0x${word}`
  const bits = /^uint(\d+)$/.exec(type)?.[1]
  if (!bits) return undefined
  return Number(bits) > 48 ? (word) => BigInt(`0x${word}`) : (word) => Number(`0x${word}`)
}

/** The same accounts appear again and again, and a checksum is a hash. */
function createAddressReader(): WordReader {
  const known = new Map<string, Address>()
  return (word) => {
    const seen = known.get(word)
    if (seen) return seen
    const address = getAddress(`0x${word.slice(24)}`)
    if (known.size >= 10_000) known.clear()
    known.set(word, address)
    return address
  }
}
