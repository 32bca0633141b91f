import type { Address, Hex } from 'viem'

import { hashPriceTable } from '../price/hashPriceTable.js'
import type { InferenceDomain, ModelPrice, PriceTable } from '../price/priceTable.js'
import { signPriceTable } from '../price/signPriceTable.js'
import type { ReceiptAccount } from '../receipt/signReceipt.js'

/** A price table that the provider is bound to. */
export type SignedPrices = {
  /** EIP-712 digest of the table. */
  readonly hash: Hex
  /** What a model costs. */
  readonly prices: ReadonlyMap<string, ModelPrice>
  readonly signature: Hex
  readonly table: PriceTable
  /** First 8 bytes of the hash, as payments name it. */
  readonly tag: Hex
}

/** The prices that a provider is bound to, renewed before they expire. */
export type PriceBook = {
  /** The prices to quote now. */
  current(): Promise<SignedPrices>
  /** The prices that a payment names, if they still hold. */
  find(tag: Hex): SignedPrices | undefined
}

/**
 * Creates a price book. A table is signed again when half of its time is over; until it ends, the old one holds
 * too, so no payer is surprised in the middle of its work.
 *
 * @param account - The provider.
 * @param parameters - {@link createPriceBook.Parameters}
 * @returns The book.
 */
export function createPriceBook(account: ReceiptAccount, parameters: createPriceBook.Parameters): PriceBook {
  const { models, now, payee, token, validity, ...domain } = parameters
  let held: readonly SignedPrices[] = []
  let signing: Promise<SignedPrices> | undefined

  const sign = async (time: bigint): Promise<SignedPrices> => {
    const table: PriceTable = { models, payee, token, validUntil: time + validity }
    const hash = hashPriceTable({ ...domain, table })
    const signature = await signPriceTable(account, { ...domain, table })
    const prices = new Map(models.map((price) => [price.model, price]))
    const signed: SignedPrices = { hash, prices, signature, table, tag: `0x${hash.slice(2, 18)}` }
    held = [signed, ...held.filter(({ table: { validUntil } }) => validUntil >= time)]
    return signed
  }

  return {
    async current() {
      const time = BigInt(Math.floor(now() / 1000))
      const [newest] = held
      if (newest && newest.table.validUntil - time > validity / 2n) return newest
      signing ??= sign(time).finally(() => {
        signing = undefined
      })
      return signing
    },
    find(tag) {
      const time = BigInt(Math.floor(now() / 1000))
      return held.find((signed) => signed.tag === tag && signed.table.validUntil >= time)
    },
  }
}

export declare namespace createPriceBook {
  type Parameters = InferenceDomain & {
    models: readonly ModelPrice[]
    /** Unix time in milliseconds. */
    now: () => number
    payee: Address
    token: Address
    /** How long a table holds, in seconds. */
    validity: bigint
  }
}
