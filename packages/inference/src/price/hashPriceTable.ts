import { InvalidAddressError } from '@aitoken/core/errors'
import type { Hex } from 'viem'

import { toHex, writeHex, writeWord } from '../internal/hex.js'
import { createNobleEngine } from '../signature/createNobleEngine.js'
import type { SignatureEngine } from '../signature/engine.js'
import { PriceInvalidError } from './errors.js'
import {
  type InferenceDomain,
  type ModelPrice,
  type PriceTable,
  toPriceTableTypedData,
} from './priceTable.js'

/**
 * Hashes a price table as EIP-712 does. Payments and receipts pin this hash.
 *
 * @param parameters - {@link hashPriceTable.Parameters}
 * @returns The 32-byte digest that the provider signs.
 * @throws {@link PriceInvalidError} when a price does not fit into 128 bits.
 * @throws `InvalidAddressError` when an address is none.
 *
 * @example
 * ```ts
 * import { hashPriceTable } from '@aitoken/inference'
 *
 * export const hash = hashPriceTable({
 *   chainId: 8453,
 *   channels: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *   table: {
 *     models: [],
 *     payee: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
 *     token: '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512',
 *     validUntil: 1_800_000_000n,
 *   },
 * })
 * ```
 */
export function hashPriceTable(parameters: hashPriceTable.Parameters): Hex {
  const { chainId, channels, engine = createNobleEngine({ tables: 0 }), table } = parameters
  const { domain, types } = toPriceTableTypedData(parameters)
  const hash = (bytes: Uint8Array) => engine.keccak256(bytes)
  const text = (value: string) => hash(new TextEncoder().encode(value))
  const encodeType = (name: string, fields: readonly { name: string; type: string }[]) =>
    `${name}(${fields.map((field) => `${field.type} ${field.name}`).join(',')})`

  const modelType = encodeType('ModelPrice', types.ModelPrice)
  const typeHash = text(modelType)
  const hashModel = (price: ModelPrice) => {
    const amounts = [price.input, price.cachedInput, price.output, price.reasoning, price.request]
    for (const amount of amounts)
      if (amount < 0n || amount >> 128n !== 0n)
        throw new PriceInvalidError({ model: price.model, price: amount })
    return hash(joinWords([typeHash, text(price.model), ...amounts]))
  }
  const struct = joinWords([
    text(encodeType('PriceTable', types.PriceTable) + modelType),
    toWord('payee', table.payee),
    toWord('token', table.token),
    table.validUntil,
    hash(joinWords(table.models.map(hashModel))),
  ])
  const separator = joinWords([
    text('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'),
    text(domain.name),
    text(domain.version),
    BigInt(chainId),
    toWord('channels', channels),
  ])
  const envelope = new Uint8Array(66)
  envelope.set([0x19, 0x01])
  envelope.set(hash(separator), 2)
  envelope.set(hash(struct), 34)
  return toHex(hash(envelope))
}

export declare namespace hashPriceTable {
  type Parameters = InferenceDomain & {
    /** What hashes. @default the pure JavaScript engine */
    engine?: SignatureEngine | undefined
    /** The prices. */
    table: PriceTable
  }
  type ErrorType = InvalidAddressError | PriceInvalidError
}

/** Puts 32-byte words one after the other. */
function joinWords(words: readonly (Uint8Array | bigint)[]): Uint8Array {
  const bytes = new Uint8Array(32 * words.length)
  const view = new DataView(bytes.buffer)
  for (const [index, word] of words.entries())
    if (typeof word === 'bigint') writeWord(view, 32 * index, word)
    else bytes.set(word, 32 * index)
  return bytes
}

function toWord(field: string, address: string): Uint8Array {
  const word = new Uint8Array(32)
  if (!writeHex(word, 12, address, 20)) throw new InvalidAddressError({ field, value: address })
  return word
}
