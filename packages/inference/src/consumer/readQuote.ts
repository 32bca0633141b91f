import type { Address } from 'viem'

import { isSameAddress } from '../internal/address.js'
import { verifyPriceTable } from '../price/verifyPriceTable.js'
import { QuoteInvalidError } from '../wire/errors.js'
import { decodeQuote, type Quote, quotePath } from '../wire/quote.js'
import type { ConsumerContext } from './context.js'
import { parseProviderUrl } from './providerUrl.js'
import { QuoteMismatchError } from './quoteErrors.js'
import { readDocument } from './readBody.js'

/**
 * Asks a provider what it offers, and checks that the offer binds it and is one that this consumer can take.
 *
 * @param context - The consumer.
 * @param origin - The provider.
 * @returns The quote.
 * @throws {@link QuoteInvalidError} when the answer is no quote, or its safety margin is above the session's budget.
 * @throws {@link QuoteMismatchError} when it is for another chain, contract or token.
 * @throws `PriceTableSignerError` or `PriceTableExpiredError` when the prices do not bind the provider.
 * @throws `ProviderSignerError` or `ProviderPayeeError` when the provider was named by its id and registered otherwise.
 */
export async function readQuote(context: ConsumerContext, origin: string): Promise<Quote> {
  const id = parseProviderUrl(origin)
  if (id === undefined) return fetchQuote(context, origin)
  const { confirmRegistration } = await import('./confirmRegistration.js')
  return confirmRegistration(context, id, () => fetchQuote(context, origin))
}

async function fetchQuote(context: ConsumerContext, origin: string): Promise<Quote> {
  const response = await context.send(origin + quotePath, { method: 'GET', redirect: 'error' })
  const text = await readDocument(response, origin)
  if (!response.ok) throw new QuoteInvalidError({ origin, reason: `it answered ${response.status}` })
  const quote = decodeQuote(text, origin)
  const { chain } = context.client
  if (quote.chainId !== chain.id)
    throw new QuoteMismatchError({ expected: `${chain.id}`, field: 'chain', quoted: `${quote.chainId}` })
  // The deposit goes where the consumer says, never where a provider says.
  checkAddress('contract', context.channels, quote.channels)
  checkAddress('token', context.token, quote.token.address)
  checkAddress('token', context.token, quote.priceTable.token)
  if (!isSameAddress(quote.payee, quote.priceTable.payee))
    throw new QuoteInvalidError({ origin, reason: 'its prices are those of another payee' })
  // It is locked with the deposit although nothing can be bought for it.
  if (quote.safetyMargin > context.limits.session)
    throw new QuoteInvalidError({
      origin,
      reason: `its safety margin of ${quote.safetyMargin} base units is above the session's budget`,
    })
  await verifyPriceTable({
    chainId: quote.chainId,
    channels: quote.channels,
    engine: context.engine,
    now: BigInt(Math.floor(context.now() / 1000)),
    signature: quote.priceTableSignature,
    signer: quote.receiptSigner,
    table: quote.priceTable,
  })
  return quote
}

function checkAddress(field: string, expected: Address, quoted: Address): void {
  if (!isSameAddress(expected, quoted)) throw new QuoteMismatchError({ expected, field, quoted })
}
