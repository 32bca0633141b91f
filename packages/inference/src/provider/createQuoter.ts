import type { Quote } from '../wire/quote.js'
import type { ProviderContext } from './context.js'

/**
 * Creates what writes a provider's quotes.
 *
 * @param context - The provider.
 * @returns Writes the quote of now; the token is asked for its name once.
 */
export function createQuoter(context: ProviderContext): () => Promise<Quote> {
  const { account, chainId, channels, client, creditWindow, models, payee, safetyMargin } = context
  const { providerId, streamUnit, streamWindow, token } = context
  let metadata: Promise<{ decimals: number; symbol: string }> | undefined

  return async () => {
    // Who reads the quote pays soon: by then the cryptography is loaded. If it fails, the payment says so.
    context.cryptography().catch(() => undefined)
    metadata ??= import('./readMetadata.js')
      .then(({ readMetadata }) => readMetadata({ client, token }))
      .catch((error: unknown) => {
        metadata = undefined
        throw error
      })
    const [{ decimals, symbol }, { signature, table }] = await Promise.all([
      metadata,
      context.priceBook.current(),
    ])
    return {
      chainId,
      channels,
      creditWindow,
      models: [...models.values()].map(({ id, maxOutputTokens }) => ({ id, maxOutputTokens })),
      payee,
      priceTable: table,
      priceTableSignature: signature,
      providerId,
      receiptSigner: account.address,
      safetyMargin,
      streamUnit,
      streamWindow,
      token: { address: token, decimals, symbol },
    }
  }
}
