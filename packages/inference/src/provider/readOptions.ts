import { AccountMissingError } from '@aitoken/core/errors'

import { larger } from '../internal/compare.js'
import { toHex } from '../internal/hex.js'
import { PriceInvalidError } from '../price/errors.js'
import type { ReceiptAccount } from '../receipt/signReceipt.js'
import { createNobleEngine } from '../signature/createNobleEngine.js'
import type { ProviderContext, ServedModel } from './context.js'
import type { createProvider } from './createProvider.js'
import { ProviderOptionError } from './errors.js'

/** The numbers that a provider is configured with. */
type Options = Pick<
  ProviderContext,
  | 'channelTtl'
  | 'creditWindow'
  | 'exitMargin'
  | 'maxAnswerBytes'
  | 'maxBodyBytes'
  | 'streamUnit'
  | 'streamWindow'
  | 'timeouts'
> & {
  /** Channels that are looked up on chain for the first time at once. */
  readonly maxFirstLooks: number
}

/**
 * Reads the numbers that a provider is configured with.
 *
 * @param parameters - {@link createProvider.Parameters}
 * @returns Them, with defaults.
 * @throws {@link ProviderOptionError} when one cannot work.
 */
export function readOptions(parameters: createProvider.Parameters): Options {
  const amount = (option: 'creditWindow' | 'safetyMargin' | 'streamUnit', fallback: bigint) => {
    const value = parameters[option] ?? fallback
    if (typeof value === 'bigint' && value >= 0n && value >> 96n === 0n) return value
    throw new ProviderOptionError({ expected: '0n or more base units', option, value })
  }
  amount('safetyMargin', 0n)
  const whole = (option: keyof createProvider.Parameters, fallback: number) => {
    const value = parameters[option] ?? fallback
    if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value
    throw new ProviderOptionError({ expected: 'a whole number above 0', option, value })
  }
  whole('priceValidity', 86_400)
  const streamWindow = whole('streamWindow', 64)
  return {
    channelTtl: whole('channelTtl', 60_000),
    creditWindow: amount('creditWindow', 0n),
    exitMargin: whole('exitMargin', 300),
    maxAnswerBytes: whole('maxAnswerBytes', 33_554_432),
    maxBodyBytes: whole('maxBodyBytes', 1_048_576),
    maxFirstLooks: whole('maxFirstLooks', 64),
    streamUnit: amount('streamUnit', priceWindow(parameters.models, streamWindow)),
    streamWindow,
    timeouts: {
      idle: whole('idleTimeout', 30_000),
      pause: whole('pauseTimeout', 10_000),
      reservation: whole('reservationTtl', 60_000),
      stream: whole('streamTimeout', 1_800_000),
      stuck: whole('stuckTimeout', 45_000),
      upstream: whole('upstreamTimeout', 120_000),
    },
  }
}

/** What a window of output of the dearest model costs, in base units: what a stream risks anyway. */
function priceWindow(models: readonly createProvider.Model[], streamWindow: number): bigint {
  let dearest = 0n
  for (const { prices } of models)
    dearest = larger(dearest, larger(prices.output, prices.reasoning ?? prices.output))
  return (dearest * BigInt(streamWindow) + 999_999n) / 1_000_000n
}

/** The provider's number in the registry. */
export function readProviderId({ providerId }: createProvider.Parameters): bigint | undefined {
  if (providerId === undefined || (typeof providerId === 'bigint' && providerId > 0n)) return providerId
  throw new ProviderOptionError({ expected: 'a bigint above 0', option: 'providerId', value: providerId })
}

/** The account that signs prices and receipts. */
export function readAccount({ account, client }: createProvider.Parameters): ReceiptAccount {
  if (account) return account
  // The types ask for one; JavaScript may bring none.
  if (!client.account) throw new AccountMissingError({ action: 'createProvider' })
  if (client.account.type === 'local') return client.account
  const expected = 'an account that can sign in this process'
  throw new ProviderOptionError({ expected, option: 'account', value: client.account.address })
}

/** The models, by name. */
export function readModels(models: readonly createProvider.Model[]): ReadonlyMap<string, ServedModel> {
  const { keccak256 } = createNobleEngine({ tables: 0 })
  const served = new Map<string, ServedModel>()
  for (const { allowFields = [], id, maxOutputTokens, prices, upstream } of models) {
    const { cachedInput = prices.input, input, output, reasoning = output, request = 0n } = prices
    for (const price of [cachedInput, input, output, reasoning, request])
      if (price < 0n || price >> 128n !== 0n) throw new PriceInvalidError({ model: id, price })
    if (id === '' || id.length > 200 || served.has(id))
      throw new ProviderOptionError({
        expected: 'names of 1 to 200 characters, each once',
        option: 'models',
        value: id,
      })
    if (!Number.isSafeInteger(maxOutputTokens) || maxOutputTokens <= 0) {
      const expected = 'a whole number above 0'
      throw new ProviderOptionError({ expected, option: 'maxOutputTokens', value: maxOutputTokens })
    }
    const price = { cachedInput, input, model: id, output, reasoning, request }
    const modelHash = toHex(keccak256(new TextEncoder().encode(id)))
    served.set(id, { allowFields, id, maxOutputTokens, modelHash, price, upstream })
  }
  if (served.size === 0)
    throw new ProviderOptionError({ expected: 'one model or more', option: 'models', value: 'empty' })
  return served
}
