import { quotePath } from '../wire/quote.js'

const plain: readonly string[] = [
  '/healthz',
  '/metrics',
  '/v1/chat/completions',
  '/v1/completions',
  '/v1/models',
  quotePath,
]

const channel = /^\/v1\/channels\/[^/]+(\/(?:close|sessions|vouchers))?$/

/**
 * Names the pattern that a path follows: a short list, whatever strangers ask for.
 *
 * @param path - The path.
 * @returns Its pattern; `other` when it leads nowhere.
 */
export function nameRoute(path: string): string {
  if (plain.includes(path)) return path
  const match = channel.exec(path)
  return match ? `/v1/channels/{id}${match[1] ?? ''}` : 'other'
}
