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

function countText(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + countText(item), 0)
  if (typeof value !== 'object' || value === null) return 0
  const fields = new Map<string, unknown>(Object.entries(value))
  return countText(fields.get('content')) + countText(fields.get('text'))
}
