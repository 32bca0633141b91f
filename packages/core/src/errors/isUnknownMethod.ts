import { findCause } from './findCause.js'

/** Whether a node or wallet failed because it does not know a method, rather than at it. */
export function isUnknownMethod(cause: unknown): boolean {
  const found = findCause(cause, (error): error is object => {
    const { code, details } = error as { code?: unknown; details?: unknown }
    // Method not found (JSON-RPC), not supported (EIP-1474), unsupported (EIP-1193).
    if (code === -32601 || code === -32004 || code === 4200) return true
    return (
      typeof details === 'string' && /method.*(not (available|found|supported)|does not exist)/i.test(details)
    )
  })
  return found !== undefined
}
