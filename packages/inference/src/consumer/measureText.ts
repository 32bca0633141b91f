import { AnswerTooLargeError } from './errors.js'

/** Names of strings in an answer that are no text of the model's. */
const labels = new Set(['finish_reason', 'id', 'logprobs', 'object', 'role', 'type'])

/**
 * Measures the text in an answer of OpenAI's API: answers, reasoning, and arguments of tools.
 *
 * @param answer - The parsed JSON of an answer, or of one event.
 * @returns Bytes in UTF-8. No tokenizer makes more tokens of the text than that.
 */
export function measureText(answer: unknown): number {
  if (typeof answer !== 'object' || answer === null || !('choices' in answer)) return 0
  return measure(answer.choices, new TextEncoder())
}

function measure(value: unknown, encoder: TextEncoder): number {
  if (typeof value === 'string') return encoder.encode(value).length
  if (typeof value !== 'object' || value === null) return 0
  let bytes = 0
  for (const [name, field] of Object.entries(value)) if (!labels.has(name)) bytes += measure(field, encoder)
  return bytes
}

/**
 * Reads the text that {@link measureText} measures, in one piece.
 *
 * @param answer - The parsed JSON of an answer, or of one event.
 * @returns The text, also of several choices one after the other.
 */
export function readText(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null || !('choices' in answer)) return ''
  return join(answer.choices)
}

function join(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([name, field]) => (labels.has(name) ? '' : join(field)))
    .join('')
}

/** Measures the text of a stream as it arrives. */
export type TextMeter = {
  /** Takes the next bytes of the model's. */
  add(bytes: Uint8Array): void
  /** Bytes of text so far. */
  bytes(): number
  /** Events with text so far. */
  events(): number
  /** The text so far; empty when it is not kept. */
  text(): string
}

/**
 * Creates a meter of a stream's text.
 *
 * @param options - Whether to keep the text, for somebody who counts its tokens; most bytes to hold of a line, and of
 * the text that is kept, and the provider.
 * @returns The meter, whose `add` throws {@link AnswerTooLargeError} beyond that.
 */
export function createTextMeter({
  keepText = false,
  limit,
  origin,
}: {
  keepText?: boolean
  limit: number
  origin: string
}): TextMeter {
  const decoder = new TextDecoder()
  let held = ''
  let bytes = 0
  let events = 0
  let kept = ''
  const take = (line: string) => {
    if (!line.startsWith('data:')) return
    const event = parse(line.slice(5))
    const size = measureText(event)
    if (keepText) kept += readText(event)
    if (kept.length > limit) throw new AnswerTooLargeError({ limit, origin })
    bytes += size
    if (size > 0) events++
  }
  return {
    add(chunk) {
      const text = decoder.decode(chunk, { stream: true })
      // Cut only when a line ends, or a long line would be gone through with every chunk of it.
      if (!text.includes('\n')) {
        held += text
        if (held.length > limit) throw new AnswerTooLargeError({ limit, origin })
        return
      }
      const lines = (held + text).split('\n')
      held = lines.pop() ?? ''
      for (const line of lines) take(line)
    },
    bytes: () => bytes,
    events: () => events,
    text: () => kept,
  }
}

/** What is no JSON, as `[DONE]`, has no text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
