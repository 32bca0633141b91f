import type { ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'
import { ProviderNotAllowedError } from './errors.js'

/** Finds the dealings with a provider, or begins them; the first request may say which model it is for. */
export type Opener = (origin: string, model?: string) => Promise<ProviderAccount>

/**
 * Creates what begins dealings with providers, once with each, however many requests wait for it.
 *
 * @param context - The consumer.
 * @returns What begins dealings.
 */
export function createOpener(context: ConsumerContext): Opener {
  const { accounts, providers } = context
  const open: Opener = (origin, model) => {
    if (providers && !providers.has(origin)) throw new ProviderNotAllowedError({ origin })
    const held = accounts.get(origin)
    if (held)
      return held.catch((error: unknown) => {
        // What another request was refused for says nothing about this one.
        if (!isRaiseOfOther(error, model)) throw error
        return open(origin, model)
      })
    // What beginning takes loads with the first request that is paid for.
    const opening = import('./openAccount.js')
      .then(({ openAccount }) => openAccount(context, origin, model))
      .catch((error: unknown) => {
        accounts.delete(origin)
        throw error
      })
    accounts.set(origin, opening)
    return opening
  }
  return open
}

/** Whether dealings did not begin because of the price of another model. */
function isRaiseOfOther(error: unknown, model: string | undefined): boolean {
  return (
    error instanceof Error && error.name === 'PriceRaisedError' && 'model' in error && error.model !== model
  )
}
