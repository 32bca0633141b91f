import { isRaised, putPrice, toPriceKey } from '../books/agreedPrice.js'
import type { ModelPrice } from '../price/priceTable.js'
import type { ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'
import { type PriceRaise, PriceRaisedError } from './quoteErrors.js'

/** What was agreed with a provider. */
export type Agreements = Pick<ProviderAccount, 'agreed' | 'books' | 'deciding' | 'origin'>

/**
 * Whether a provider asks for more than was agreed for a model, in this run or an earlier one.
 *
 * @param account - The dealings with the provider.
 * @param offered - What it asks for.
 * @returns Whether it does; before the first request for the model, nothing is agreed.
 */
export async function isAboveAgreed(account: Agreements, offered: ModelPrice): Promise<boolean> {
  const { model } = offered
  const agreed = account.agreed.get(model) ?? (await recallPrice(account, model))
  return agreed !== undefined && isRaised(agreed, offered)
}

/**
 * Remembers the prices of a model with its first request: what the provider may ask for from then on.
 *
 * @param account - The dealings with the provider.
 * @param offered - What the provider asks for.
 * @returns Whether that is what holds: another consumer of the same books may have agreed to less meanwhile.
 */
export async function agreePrice(account: Agreements, offered: ModelPrice): Promise<boolean> {
  const { agreed, books, origin } = account
  const { model } = offered
  if (agreed.has(model)) return true
  const kept = await books.transact((before) => {
    const held = before.prices.get(toPriceKey(origin, model))?.price
    return held
      ? { books: before, result: held }
      : { books: putPrice(before, { origin, price: offered }), result: offered }
  })
  agreed.set(model, kept)
  return !isRaised(kept, offered)
}

/**
 * Refuses prices above those that were agreed, unless whoever pays takes them: then they are agreed. Requests that
 * run side by side ask once.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param offered - What the provider asks for.
 * @throws {@link PriceRaisedError} when they are not taken. Nothing was signed.
 */
export async function acceptRaise(
  context: ConsumerContext,
  account: Agreements,
  offered: ModelPrice,
): Promise<void> {
  const { deciding, origin } = account
  const { model } = offered
  const pending = deciding.get(model)
  if (pending) {
    await pending
    return acceptRaise(context, account, offered)
  }
  const decide = async () => {
    // Others may have taken it meanwhile, also in another process.
    const agreed = await recallPrice(account, model)
    if (!agreed || !isRaised(agreed, offered)) return
    const raise: PriceRaise = { agreed, model, offered, origin }
    if (!(await context.acceptPrices?.(raise))) throw new PriceRaisedError(raise)
    await account.books.transact((before) => ({
      books: putPrice(before, { origin, price: offered }),
      result: undefined,
    }))
    account.agreed.set(model, offered)
  }
  const decision = decide().finally(() => deciding.delete(model))
  deciding.set(model, decision)
  await decision
}

/** Reads from the books what was agreed for a model. */
async function recallPrice(
  { agreed, books, origin }: Agreements,
  model: string,
): Promise<ModelPrice | undefined> {
  const key = toPriceKey(origin, model)
  const kept = await books.transact((before) => ({ books: before, result: before.prices.get(key)?.price }))
  if (kept) agreed.set(model, kept)
  return kept
}
