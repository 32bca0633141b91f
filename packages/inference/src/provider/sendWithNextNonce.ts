import { findCause } from '@aitoken/core/internal'
import type { Hash } from 'viem'

/** How often a transaction is tried whose nonce another process took. */
const attempts = 8

/** The longest pause before it is tried again, in milliseconds. */
const longestPause = 1_000

/**
 * Sends a transaction, and again with the next nonce when the node refuses it because another process of the same
 * account was quicker to use its nonce. Whatever else fails is not tried again: the transaction may be on its way.
 *
 * @param send - Sends it, with a nonce that it asks the node for.
 * @returns Hash of the submitted transaction.
 * @throws What `send` throws; after 8 times, also that the nonce was taken.
 */
export async function sendWithNextNonce(send: () => Promise<Hash>): Promise<Hash> {
  for (let attempt = 1; ; attempt++)
    try {
      return await send()
    } catch (error) {
      if (attempt === attempts || !isNonceTaken(error)) throw error
      // By chance, so that processes that collided do not collide again; longer each time, for nodes that lag behind.
      const pause = Math.random() * Math.min(longestPause, 25 * 2 ** attempt)
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
}

/**
 * Whether a node refused a transaction because its nonce is used, in a block or in its pool. viem gives "already known"
 * the same class, but that means the very same transaction: it arrived.
 */
function isNonceTaken(error: unknown): boolean {
  const found = findCause(error, (cause): cause is object => {
    const details: unknown = Reflect.get(cause, 'details')
    return typeof details === 'string' && /nonce too low|replacement transaction underpriced/i.test(details)
  })
  return found !== undefined
}
