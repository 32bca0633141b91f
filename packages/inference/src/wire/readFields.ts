import type { AitokenError } from '@aitoken/core/errors'
import type { Hex } from 'viem'

/** Reads the fields of an object that came over the wire, each as what it must be. */
export type Fields = {
  /** A natural number below 2^128, carried as decimal digits. */
  amount(name: string): bigint
  /** A natural number. */
  count(name: string): number
  /** Hexadecimal of so many bytes. */
  hex(name: string, bytes: number): Hex
  /** Objects, at most 1,000 unless told otherwise. */
  list(name: string, most?: number): readonly Fields[]
  /** An object. */
  object(name: string): Fields
  /** A natural number; undefined when there is none. */
  optionalCount(name: string): number | undefined
  /** A natural number below 2^128, carried as decimal digits; undefined when there is none. */
  optionalAmount(name: string): bigint | undefined
  /** A text of at most 4,000 characters; undefined when there is none. */
  optionalText(name: string): string | undefined
  /** A text of 1 to 200 characters, or as many as are told. */
  text(name: string, most?: number): string
}

/**
 * Opens a value from the wire for reading. A schema library would do this too, at ten times the size of
 * everything else that a paying client is made of.
 *
 * @param value - The parsed JSON.
 * @param fail - Makes the error for what is wrong.
 * @param path - Where the value is, for the error.
 * @returns Its fields; reading one that is not what it must be throws.
 */
export function readFields(value: unknown, fail: (reason: string) => AitokenError, path = ''): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw fail(`${path || 'it'} is no object`)
  const fields = new Map<string, unknown>(Object.entries(value))
  const failed = (name: string, what: string) => fail(`${path}${name} is no ${what}`)
  const count = (name: string) => {
    const field = fields.get(name)
    if (typeof field === 'number' && Number.isSafeInteger(field) && field >= 0) return field
    throw failed(name, 'count')
  }
  const amountOf = (name: string) => {
    const field = fields.get(name)
    const amount = typeof field === 'string' && /^\d{1,39}$/.test(field) ? BigInt(field) : -1n
    if (amount < 0n || amount >> 128n !== 0n) throw failed(name, 'amount')
    return amount
  }
  return {
    amount: amountOf,
    count,
    hex(name, bytes) {
      const field = fields.get(name)
      if (isHex(field) && field.length === 2 + 2 * bytes) return field
      throw failed(name, `hexadecimal of ${bytes} bytes`)
    },
    list(name, most = 1000) {
      const field = fields.get(name)
      if (!Array.isArray(field) || field.length > most) throw failed(name, 'list')
      return field.map((item, index) => readFields(item, fail, `${path}${name}.${index}.`))
    },
    object: (name) => readFields(fields.get(name), fail, `${path}${name}.`),
    optionalCount: (name) => (fields.get(name) === undefined ? undefined : count(name)),
    optionalAmount: (name) => (fields.get(name) === undefined ? undefined : amountOf(name)),
    optionalText(name) {
      const field = fields.get(name)
      if (field === undefined || (typeof field === 'string' && field.length <= 4000)) return field
      throw failed(name, 'text')
    },
    text(name, most = 200) {
      const field = fields.get(name)
      if (typeof field === 'string' && field.length > 0 && field.length <= most) return field
      throw failed(name, 'text')
    },
  }
}

/** Parses JSON, or throws the given error with the cause. */
export function parseJson(text: string, fail: (reason: string, cause: unknown) => AitokenError): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw fail('it is not JSON', cause)
  }
}

function isHex(value: unknown): value is Hex {
  return typeof value === 'string' && /^0x[\da-fA-F]*$/.test(value)
}
