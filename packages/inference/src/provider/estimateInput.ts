import type { PaidRequest } from './paidRequest.js'

/** What a picture or a recording counts as, in bytes of text. */
const media = 1_024

/** Names of fields that no model reads. */
const unread: readonly string[] = ['metadata', 'model', 'prompt_cache_key', 'safety_identifier', 'user']

/**
 * Estimates the input tokens of a request whose upstream never got to count them: a quarter of the bytes of text that
 * the model reads, tools and schemas too, and the numbers of a prompt that came as tokens. Never more than the bytes
 * of the body, which is what payers check.
 *
 * @param request - The request.
 * @returns Tokens.
 */
export function estimateInput({ body, bytes }: Pick<PaidRequest, 'body' | 'bytes'>): number {
  const encoder = new TextEncoder()
  let tokens = 0
  let text = 0
  const count = (value: unknown, tokenized: boolean) => {
    if (typeof value === 'string') text += measure(value, encoder)
    else if (typeof value === 'number') tokens += tokenized ? 1 : 0
    else if (Array.isArray(value)) for (const item of value) count(item, tokenized)
    else if (typeof value === 'object' && value !== null)
      for (const [name, field] of Object.entries(value)) {
        text += name.length
        count(field, false)
      }
  }
  for (const [name, value] of Object.entries(body))
    if (!unread.includes(name)) count(value, name === 'prompt')
  return Math.min(tokens + Math.ceil(text / 4), bytes.length)
}

/** Bytes of a text; data of another kind has tokens of its own, which do not grow with its bytes. */
function measure(value: string, encoder: TextEncoder): number {
  if (value.length <= media) return encoder.encode(value).length
  const encoded = value.startsWith('data:') || /^[A-Za-z0-9+/=_-]{2048}/.test(value)
  return encoded ? media : encoder.encode(value).length
}
