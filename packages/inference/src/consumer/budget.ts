import { type Books, findRelief, sumDay, sumSession } from '../books/books.js'
import { BudgetExceededError, ConsumerOptionError } from './errors.js'
import { spellProviderUrl } from './providerUrl.js'

/**
 * What a consumer lets itself spend, in base units. What was signed counts from the moment it is signed and for as
 * long as a provider can take it; what was billed counts from then on. A bill below what was signed makes room.
 */
export type Budget = {
  /**
   * Most that may be spent in 24 hours, over all providers, sessions and consumers of one payer that share a store. A
   * bill counts until the hour in which it came is 24 hours past. @default the session's budget
   */
  readonly day?: bigint | undefined
  /**
   * Most that one provider may get in a session: one amount for each, or amounts by origin; providers that are not
   * named are held by the other budgets. @default the session's budget
   */
  readonly provider?: bigint | Readonly<Record<string, bigint>> | undefined
  /** Most that one request may authorize. @default a twentieth of the session's budget */
  readonly request?: bigint | undefined
  /** Most that all requests of a session may authorize together, over all providers. */
  readonly session: bigint
}

/** Budgets with their defaults: nothing is without a limit. */
export type Limits = {
  readonly day: bigint
  /** The limit of one provider. */
  provider(origin: string): bigint
  readonly request: bigint
  readonly session: bigint
}

/**
 * Reads budgets.
 *
 * @param budget - The budgets as they were given.
 * @returns All of them.
 * @throws {@link ConsumerOptionError} when one is no amount above zero.
 */
export function readBudget({ day, provider, request, session }: Budget): Limits {
  const each = typeof provider === 'object' ? undefined : provider
  const named = new Map(typeof provider === 'object' ? Object.entries(provider) : [])
  checkAmounts({ day, provider: each, request, session })
  checkAmounts(Object.fromEntries([...named].map(([url, amount]) => [`provider of ${url}`, amount])))
  const byOrigin = new Map([...named].map(([url, amount]) => [toOrigin(url), amount]))
  return {
    day: day ?? session,
    provider: (origin) => byOrigin.get(origin) ?? each ?? session,
    // So that one runaway prompt cannot use up what was meant for many.
    request: request ?? (session + 19n) / 20n,
    session,
  }
}

/** Refuses what is given but no amount above zero. */
export function checkAmounts(amounts: Readonly<Record<string, unknown>>): void {
  for (const [option, value] of Object.entries(amounts))
    if (value !== undefined && (typeof value !== 'bigint' || value <= 0n))
      throw new ConsumerOptionError({ expected: 'a bigint of base units above 0', option, value })
}

/** The origin of a URL; of `aitoken://7`, the one that stands for provider 7. */
export function toOrigin(url: string): string {
  const spelled = spellProviderUrl(url)
  if (URL.canParse(spelled)) return new URL(spelled).origin
  throw new ConsumerOptionError({ expected: 'a URL', option: 'origin', value: url })
}

/**
 * Checks that a provider may be promised more.
 *
 * @param books - The books, before the promise.
 * @param parameters - {@link checkBudgets.Parameters}
 * @throws {@link BudgetExceededError} when the session's, the provider's or the day's budget does not cover it.
 */
export function checkBudgets(books: Books, parameters: checkBudgets.Parameters): void {
  const { limits, now, origin, raise, session } = parameters
  const check = (budget: 'day' | 'provider' | 'session', limit: bigint, used: bigint) => {
    const needed = used + raise
    if (needed <= limit) return
    const freesAt = budget === 'day' ? findRelief(books, { excess: needed - limit, now }) : undefined
    throw new BudgetExceededError({ budget, freesAt, limit, needed, origin })
  }
  check('session', limits.session, sumSession(books, session))
  check('provider', limits.provider(origin), sumSession(books, session, origin))
  check('day', limits.day, sumDay(books, now))
}

export declare namespace checkBudgets {
  type Parameters = {
    limits: Limits
    /** Unix time in milliseconds. */
    now: number
    /** The provider. */
    origin: string
    /** What it would be promised beyond what it was promised already, in base units. */
    raise: bigint
    /** The session. */
    session: string
  }
}
