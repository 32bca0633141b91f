/** Paths that are paid for. */
const paidPaths = new Set(['/v1/chat/completions', '/v1/completions'])

/** Whether a request is one that providers are paid for. */
export function isPaid(method: string, url: URL): boolean {
  return method.toUpperCase() === 'POST' && paidPaths.has(url.pathname)
}
