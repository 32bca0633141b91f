import { isSameAddress } from '../internal/address.js'
import { ProviderDeregisteredError } from '../registry/errors.js'
import type { RegisteredProvider } from '../registry/registeredProvider.js'
import type { Quote } from '../wire/quote.js'
import type { ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'
import type { Resolver } from './createResolver.js'
import { readQuote } from './readQuote.js'
import { readState } from './readState.js'
import {
  ProviderBondError,
  ProviderConvictedError,
  ProviderPayeeError,
  ProviderSignerError,
} from './registrationErrors.js'
import { retireAccount } from './retireAccount.js'

/**
 * Reads a registered provider's quote and holds it against the registration: whoever took over the provider's name or
 * server cannot sign as the registered key. A failure is final only when the registry was asked anew.
 *
 * @param context - The consumer.
 * @param id - The provider.
 * @param read - Reads the quote.
 * @returns The quote, which the registered key signed.
 * @throws {@link ProviderSignerError} when the quote is by another key.
 * @throws {@link ProviderPayeeError} when it wants somebody else to be paid.
 * @throws {@link ProviderDeregisteredError}, {@link ProviderConvictedError} or {@link ProviderBondError} when the
 * provider is not one to deal with.
 */
export async function confirmRegistration(
  context: ConsumerContext,
  id: bigint,
  read: () => Promise<Quote>,
): Promise<Quote> {
  const { resolver } = context
  const known = await resolver.find(id)
  try {
    return holdAgainst(known, await read(), resolver)
  } catch (error) {
    const fresh = await resolver.find(id, { fresh: true })
    if (isSame(known, fresh)) throw error
    return holdAgainst(fresh, await read(), resolver)
  }
}

/**
 * Looks whether a provider that is being paid is still the one that it was.
 *
 * @param context - The consumer.
 * @param id - The provider.
 * @param account - The dealings with it.
 * @returns The dealings; undefined when it has another payee now, and other dealings are to begin.
 * @throws What {@link confirmRegistration} throws.
 */
export async function renewRegistration(
  context: ConsumerContext,
  id: bigint,
  account: ProviderAccount,
): Promise<ProviderAccount | undefined> {
  const { opened, resolver } = context
  const provider = await resolver.find(id)
  checkStanding(provider, resolver)
  const { payee, receiptSigner } = account.quote
  if (!isSameAddress(provider.payee, payee)) {
    const state = await readState(context, account)
    // Of requests that run side by side, one ends the dealings; the others would end those that begin.
    if (opened.has(account)) await retireAccount(context, account, state)
    return undefined
  }
  if (!isSameAddress(provider.receiptSigner, receiptSigner))
    account.quote = await readQuote(context, account.origin)
  return account
}

function holdAgainst(provider: RegisteredProvider, quote: Quote, resolver: Resolver): Quote {
  checkStanding(provider, resolver)
  const { endpoint, id, payee, receiptSigner } = provider
  if (!isSameAddress(quote.receiptSigner, receiptSigner))
    throw new ProviderSignerError({ endpoint, id, quoted: quote.receiptSigner, registered: receiptSigner })
  if (!isSameAddress(quote.payee, payee))
    throw new ProviderPayeeError({ endpoint, id, quoted: quote.payee, registered: payee })
  return quote
}

function checkStanding(provider: RegisteredProvider, { minimumBond }: Resolver): void {
  const { bond, deregistered, id, receiptSigner } = provider
  if (deregistered) throw new ProviderDeregisteredError({ id })
  if (BigInt(receiptSigner) === 0n) throw new ProviderConvictedError({ id })
  if (bond < minimumBond) throw new ProviderBondError({ bond, id, minimum: minimumBond })
}

/** Whether nothing changed that a quote depends on. */
function isSame(one: RegisteredProvider, other: RegisteredProvider): boolean {
  return (
    one.endpoint === other.endpoint &&
    one.payee === other.payee &&
    one.receiptSigner === other.receiptSigner &&
    one.bond === other.bond &&
    one.deregistered === other.deregistered
  )
}
