import type { CompletionBody } from './readBody.js'

/**
 * Estimates the input tokens of a request whose upstream never got to count them: a quarter of the prompt's
 * characters, as is usual for English. Never more than the bytes of the body, which is what payers check.
 *
 * @param body - The request.
 * @returns Tokens.
 */
export function estimateInput(body: CompletionBody): number {
  return Math.ceil(countText(body.messages ?? body.prompt) / 4)
}

/** Text is at most four levels deep in what OpenAI's API takes; what a payer nests deeper is no prompt. */
function countText(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null || depth > 8) return 0
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + countText(item, depth + 1), 0)
  const fields = new Map<string, unknown>(Object.entries(value))
  return countText(fields.get('content'), depth + 1) + countText(fields.get('text'), depth + 1)
}
