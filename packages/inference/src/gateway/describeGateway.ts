import { type Address, formatEther, formatUnits } from 'viem'

import type { ConfiguredPrices, GatewayConfig } from './config.js'
import type { ChainConnection } from './connectChain.js'

/** What a gateway is: nothing in it is secret. */
export type GatewayInfo = {
  readonly account: Address
  /** Native coins that the account holds, to pay for gas. */
  readonly balance: string
  readonly chainId: number
  /** Decimals of the token. */
  readonly decimals: number
  readonly channels: Address
  /** Who may read the metrics. */
  readonly metrics: 'everybody' | 'nobody' | 'whoever has the token'
  readonly models: readonly { readonly id: string; readonly price: ConfiguredPrices }[]
  readonly payee: Address
  readonly store: string
  readonly symbol: string
  readonly token: Address
  readonly url: string
  /** What the operator should know before it matters. */
  readonly warnings: readonly string[]
}

/**
 * Describes a gateway.
 *
 * @param config - Its configuration.
 * @param found - What was opened.
 * @returns The description.
 */
export function describeGateway(
  { metrics, models, payee }: GatewayConfig,
  found: { chain: ChainConnection; measured: boolean; store: string; url: string },
): GatewayInfo {
  const { chain, measured, store, url } = found
  const { account, balance, channels, client, decimals, symbol, token } = chain
  const open = metrics?.public === true && metrics.token === undefined
  const warnings = [
    ...(balance === 0n ? [`${account.address} holds no native coins: it cannot settle.`] : []),
    ...(store === 'memory' ? ['The store is memory: what is not settled is lost with the process.'] : []),
  ]
  return {
    account: account.address,
    balance: formatEther(balance),
    chainId: client.chain.id,
    channels,
    decimals,
    metrics: measured ? (open ? 'everybody' : 'whoever has the token') : 'nobody',
    models: models.map(({ id, price }) => ({ id, price: { ...price } })),
    payee: payee ?? account.address,
    store,
    symbol,
    token,
    url,
    warnings,
  }
}

/**
 * Writes a gateway's description for people.
 *
 * @param info - The description.
 * @returns Lines.
 */
export function toBanner(info: GatewayInfo): string {
  const { account, balance, chainId, channels, metrics, models, payee, store, symbol, token, url } = info
  const rows = [
    ['serving', url],
    ['account', `${account} (${balance} native coins for gas)`],
    ...(payee === account ? [] : [['payee', payee]]),
    ['chain', `${chainId}, channels ${channels}`],
    ['token', `${symbol} ${token}`],
    ['store', store],
    ['metrics', `for ${metrics}`],
    ...models.map(({ id, price }) => ['model', `${id}: ${spellPrices(price, symbol)}`]),
    ...info.warnings.map((warning) => ['warning', warning]),
  ]
  return `${rows.map(([name = '', value]) => `  ${name.padEnd(8)} ${value}`).join('\n')}\n`
}

function spellPrices({ request, ...perToken }: ConfiguredPrices, symbol: string): string {
  const amounts = Object.entries(perToken).map(([name, amount]) => `${name} ${amount}`)
  const tokens = `${amounts.join(', ')} ${symbol} per million tokens`
  return request === undefined ? tokens : `${tokens}, and ${request} ${symbol} per request`
}

/**
 * Writes what the end of a gateway brought, for people.
 *
 * @param paid - Base units paid, by channel.
 * @param parameters - The token.
 * @returns A sentence.
 */
export function toFarewell(
  paid: ReadonlyMap<unknown, bigint>,
  { decimals, symbol }: { decimals: number; symbol: string },
): string {
  let sum = 0n
  for (const amount of paid.values()) sum += amount
  return `  settled  ${formatUnits(sum, decimals)} ${symbol} on ${paid.size} channels\n`
}
