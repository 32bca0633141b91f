import type { Usage } from '../price/usage.js'

/**
 * Finds the token counts in a response or an event of OpenAI's API without parsing the rest of it.
 * The name with its quotes cannot stand inside a JSON string, where quotes are escaped.
 *
 * @param text - JSON, or an SSE event with JSON.
 * @returns The counts; undefined when there are none.
 */
export function readUsage(text: string): Usage | undefined {
  const name = text.lastIndexOf('"usage":')
  const start = name < 0 ? -1 : text.indexOf('{', name)
  const end = start < 0 || text.slice(name + 8, start).trim() !== '' ? -1 : findEnd(text, start)
  if (end < 0) return undefined
  let usage: unknown
  try {
    usage = JSON.parse(text.slice(start, end))
  } catch {
    // Not JSON, so no count that anybody could be billed for.
    return undefined
  }
  const input = readCount(usage, 'prompt_tokens')
  const output = readCount(usage, 'completion_tokens')
  if (input === undefined || output === undefined) return undefined
  const cachedInput = readCount(readField(usage, 'prompt_tokens_details'), 'cached_tokens') ?? 0
  const reasoning = readCount(readField(usage, 'completion_tokens_details'), 'reasoning_tokens') ?? 0
  return { cachedInput: Math.min(cachedInput, input), input, output, reasoning: Math.min(reasoning, output) }
}

/** Where the object that begins here ends, or -1. Names and values of usage hold no braces. */
function findEnd(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 123) depth++
    else if (code === 125 && --depth === 0) return at + 1
  }
  return -1
}

function readField(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Reflect.get(value, name)
}

function readCount(value: unknown, name: string): number | undefined {
  const field = readField(value, name)
  return typeof field === 'number' && Number.isSafeInteger(field) && field >= 0 ? field : undefined
}
