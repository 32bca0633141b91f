import { hmacSha256 } from '../internal/hmac.js'
import { type InferenceDomain, toInferenceDomain } from '../price/priceTable.js'
import { ProviderOptionError } from '../provider/errors.js'
import type { ReceiptAccount } from '../receipt/signReceipt.js'
import { createJournal, type Journal } from './createJournal.js'

/** How a provider remembers its answers. */
export type JournalOptions = {
  /** How long a request goes on without its payer, who may come back for the answer, in milliseconds. @default 2_000 */
  grace?: number | undefined
  /** Largest answer that is kept, in bytes; a larger one cannot be asked for again. @default 262_144 */
  maxAnswerBytes?: number | undefined
  /**
   * At least 32 random characters that all processes share, for accounts that do not sign the same thing alike.
   *
   * @default derived from a signature of the account's
   */
  secret?: string | undefined
  /** How long answers are kept, in milliseconds. @default 86_400_000 */
  ttl?: number | undefined
}

/**
 * Reads the options of a provider's journal.
 *
 * @param parameters - {@link readJournal.Parameters}
 * @returns The journal; undefined when there shall be none.
 * @throws {@link ProviderOptionError} when an option cannot work.
 */
export function readJournal({ account, domain, now, options }: readJournal.Parameters): Journal | undefined {
  if (options === false) return undefined
  const { grace = 2_000, maxAnswerBytes = 262_144, secret, ttl = 86_400_000 } = options
  for (const [name, value] of Object.entries({ grace, maxAnswerBytes, ttl }))
    if (!Number.isSafeInteger(value) || value <= 0)
      throw new ProviderOptionError({ expected: 'a whole number above 0', option: `journal.${name}`, value })
  if (secret !== undefined && secret.length < 32)
    throw new ProviderOptionError({
      expected: '32 random characters or more',
      option: 'journal.secret',
      value: `${secret.length} characters long`,
    })
  let extracting: Promise<Uint8Array> | undefined
  return createJournal({
    grace,
    maxAnswerBytes,
    now,
    secret() {
      extracting ??= (secret === undefined ? signSecret(account, domain) : Promise.resolve(secret))
        .then((text) => hmacSha256(new Uint8Array(32), [new TextEncoder().encode(text)]))
        .catch((error: unknown) => {
          extracting = undefined
          throw error
        })
      return extracting
    },
    ttl,
  })
}

export declare namespace readJournal {
  type Parameters = {
    /** The provider's account. */
    account: ReceiptAccount
    /** Where it sells. */
    domain: InferenceDomain
    /** Unix time in milliseconds. */
    now: () => number
    /** The options; false for no journal. */
    options: JournalOptions | false
  }
}

/** A secret that every process with the same key can make again, and nobody else. */
async function signSecret(account: ReceiptAccount, domain: InferenceDomain): Promise<string> {
  const sign = () =>
    account.signTypedData({
      domain: toInferenceDomain(domain),
      message: { purpose: 'Encrypts the answers that this provider keeps. Never sign this anywhere else.' },
      primaryType: 'JournalSecret',
      types: { JournalSecret: [{ name: 'purpose', type: 'string' }] },
    })
  const [signature, again] = [await sign(), await sign()]
  if (signature === again) return signature
  const expected = 'it: the account signs the same thing differently each time'
  throw new ProviderOptionError({ expected, option: 'journal.secret', value: undefined })
}
