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

/** Measures the text of a stream as it arrives. */
export type TextMeter = {
  /** Takes the next bytes of the model's. */
  add(bytes: Uint8Array): void
  /** Bytes of text so far. */
  bytes(): number
  /** Events with text so far. */
  events(): number
}

/** Creates a meter of a stream's text. */
export function createTextMeter(): TextMeter {
  const decoder = new TextDecoder()
  let held = ''
  let bytes = 0
  let events = 0
  const take = (line: string) => {
    if (!line.startsWith('data:')) return
    const size = measureText(parse(line.slice(5)))
    bytes += size
    if (size > 0) events++
  }
  return {
    add(chunk) {
      const text = decoder.decode(chunk, { stream: true })
      // Cut only when a line ends, or a long line would be gone through with every chunk of it.
      if (!text.includes('\n')) {
        held += text
        return
      }
      const lines = (held + text).split('\n')
      held = lines.pop() ?? ''
      for (const line of lines) take(line)
    },
    bytes: () => bytes,
    events: () => events,
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
