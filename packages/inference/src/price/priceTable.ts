import type { Address } from 'viem'

/** What a model costs, in base units of the table's token. */
export type ModelPrice = {
  /** Price of a million input tokens that were cached. */
  cachedInput: bigint
  /** Price of a million input tokens that were not cached. */
  input: bigint
  /** Name of the model. */
  model: string
  /** Price of a million output tokens that are no reasoning. */
  output: bigint
  /** Price of a million reasoning tokens. */
  reasoning: bigint
  /** Price of a request, whatever it uses. */
  request: bigint
}

/** What a provider's models cost. Signed, so that a bill can be held against it. */
export type PriceTable = {
  /** What each model costs. */
  models: readonly ModelPrice[]
  /** Who is paid. */
  payee: Address
  /** The token that prices are in. */
  token: Address
  /** Unix time in seconds until which the prices hold. */
  validUntil: bigint
}

/** Where price tables and receipts are valid. */
export type InferenceDomain = {
  /** Chain that the channels live on. */
  chainId: number
  /** The payment channels contract. */
  channels: Address
}

/** The EIP-712 domain of everything that a provider signs off chain. */
export function toInferenceDomain({ chainId, channels }: InferenceDomain) {
  return { chainId, name: 'AIToken Inference', verifyingContract: channels, version: '1' } as const
}

/** The typed data that signing, hashing and verifying a price table share. */
export function toPriceTableTypedData({ chainId, channels, table }: InferenceDomain & { table: PriceTable }) {
  return {
    domain: toInferenceDomain({ chainId, channels }),
    message: table,
    primaryType: 'PriceTable',
    types: {
      ModelPrice: [
        { name: 'model', type: 'string' },
        { name: 'input', type: 'uint128' },
        { name: 'cachedInput', type: 'uint128' },
        { name: 'output', type: 'uint128' },
        { name: 'reasoning', type: 'uint128' },
        { name: 'request', type: 'uint128' },
      ],
      PriceTable: [
        { name: 'payee', type: 'address' },
        { name: 'token', type: 'address' },
        { name: 'validUntil', type: 'uint64' },
        { name: 'models', type: 'ModelPrice[]' },
      ],
    },
  } as const
}
