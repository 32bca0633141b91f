import type { Address, Hex } from 'viem'

import { larger } from '../internal/compare.js'
import { arePricesEqual, capPrices } from '../policy/capPrices.js'
import type { RequestPolicy } from '../policy/requestPolicy.js'
import { hashPriceTable } from '../price/hashPriceTable.js'
import type { InferenceDomain, ModelPrice, PriceTable } from '../price/priceTable.js'
import { signPriceTable } from '../price/signPriceTable.js'
import type { ReceiptAccount } from '../receipt/signReceipt.js'

/** A price table that the provider is bound to. */
export type BoundPrices = {
  /** EIP-712 digest of the table. */
  readonly hash: Hex
  /** What a model costs. */
  readonly prices: ReadonlyMap<string, ModelPrice>
  readonly table: PriceTable
  /** First 8 bytes of the hash, as payments name it. */
  readonly tag: Hex
}

/** The prices to quote, with the provider's signature. */
export type SignedPrices = BoundPrices & { readonly signature: Hex }

/** The prices that a provider is bound to, renewed before they expire. */
export type PriceBook = {
  /** The prices to quote now. */
  current(): Promise<SignedPrices>
  /** The prices that a payment names, if they still hold. */
  find(tag: Hex): BoundPrices | undefined
}

/**
 * Creates a price book. Every process with the same prices quotes the same table at the same time, also after a
 * restart: a payer may ask one for the price and pay another. Tables follow each other at half of their time; until
 * it ends, the old one holds too, so no payer is surprised in the middle of its work. When a policy caps prices, the
 * tables of before hold no longer: nobody is charged above the cap.
 *
 * @param account - The provider.
 * @param parameters - {@link createPriceBook.Parameters}
 * @returns The book.
 */
export function createPriceBook(account: ReceiptAccount, parameters: createPriceBook.Parameters): PriceBook {
  const { models: asked, now, payee, policy, token, validity, ...domain } = parameters
  let models = asked
  let prices = new Map(models.map((price) => [price.model, price]))
  const period = larger(validity / 2n, 1n)
  const bound = new Map<bigint, BoundPrices>()
  let signing: { signed: Promise<SignedPrices>; slot: bigint } | undefined

  /** Follows the policy: other caps make other tables. */
  const follow = () => {
    const capped = capPrices(policy, asked)
    if (arePricesEqual(capped, models)) return
    models = capped
    prices = new Map(models.map((price) => [price.model, price]))
    bound.clear()
    signing = undefined
  }

  const slotOf = () => BigInt(Math.floor(now() / 1000)) / period

  /** The table of one slot of time, which holds during the next one, too. */
  const bind = (slot: bigint): BoundPrices => {
    const known = bound.get(slot)
    if (known) return known
    const table: PriceTable = { models, payee, token, validUntil: (slot + 2n) * period }
    const hash = hashPriceTable({ ...domain, table })
    const made = { hash, prices, table, tag: `0x${hash.slice(2, 18)}` } as const
    bound.set(slot, made)
    for (const held of bound.keys()) if (held < slot - 2n) bound.delete(held)
    return made
  }

  const sign = async (slot: bigint): Promise<SignedPrices> => {
    const made = bind(slot)
    return { ...made, signature: await signPriceTable(account, { ...domain, table: made.table }) }
  }

  return {
    async current() {
      follow()
      const slot = slotOf()
      if (signing?.slot !== slot) {
        const begun = { signed: sign(slot), slot }
        signing = begun
        // What failed is tried again.
        begun.signed.catch(() => {
          if (signing === begun) signing = undefined
        })
      }
      return signing.signed
    },
    find(tag) {
      follow()
      const slot = slotOf()
      // The clock of the process that quoted may be ahead.
      return [slot, slot - 1n, slot + 1n].map(bind).find((made) => made.tag === tag)
    },
  }
}

export declare namespace createPriceBook {
  type Parameters = InferenceDomain & {
    models: readonly ModelPrice[]
    /** Unix time in milliseconds. */
    now: () => number
    payee: Address
    /** Caps the prices; undefined when nothing does. */
    policy?: RequestPolicy | undefined
    token: Address
    /** How long a table holds, in seconds. */
    validity: bigint
  }
}
