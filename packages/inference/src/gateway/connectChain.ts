import {
  ChainNotSupportedError,
  createAitoken,
  getMetadata,
  type ReadClient,
  type WriteClient,
} from '@aitoken/core'
import { addressOf } from '@aitoken/core/internal/deployment'
import { type Address, defineChain, http, type Transport } from 'viem'
import { getBalance, getChainId } from 'viem/actions'
import { PrivateKeyError } from '../signature/errors.js'
import { loadEngine } from '../signature/loadEngine.js'
import { privateKeyToSigner, type Signer } from '../signature/privateKeyToSigner.js'
import type { GatewayConfig } from './config.js'
import { GatewayConfigError, GatewayStartError } from './errors.js'
import { type Environment, readSecret, readText } from './readSecret.js'

/** Where the key is expected when nothing is said. */
const keyVariable = 'AITOKEN_PRIVATE_KEY'

/** A gateway's account on its chain, and what was found there. */
export type ChainConnection = {
  readonly account: Signer
  /** Wei that the account holds. */
  readonly balance: bigint
  readonly channels: Address
  readonly client: WriteClient
  /** Makes a client of another node of the chain. */
  connect(url: string): ReadClient
  readonly decimals: number
  readonly symbol: string
  readonly token: Address
}

/**
 * Connects to the chain and asks what a gateway must know before it can sell.
 *
 * @param config - The configuration.
 * @param parameters - The environment, and what measures the transport.
 * @returns The connection.
 * @throws {@link GatewayConfigError} when the key, the chain or an address cannot be used.
 * @throws {@link GatewayStartError} when the node does not answer.
 */
export async function connectChain(
  { account: secret = { env: keyVariable }, chain: configured }: GatewayConfig,
  { env, measure }: { env: Environment; measure: (transport: Transport) => Transport },
): Promise<ChainConnection> {
  const account = await readAccount(await readSecret(secret, { env, field: 'account' }))
  const url = await readText(configured.rpc, { env, field: 'chain.rpc' })
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    const expected = 'the HTTP URL of a node'
    throw new GatewayConfigError({ expected, field: 'chain.rpc', hidden: true, value: url })
  }
  const clientOf = (
    node: string,
    id: number,
    contracts: { aiToken?: Address; paymentChannels?: Address } = {},
  ) =>
    createAitoken({
      account,
      chain: defineChain({
        id,
        name: `Chain ${id}`,
        nativeCurrency: { decimals: 18, name: 'Native coin', symbol: 'ETH' },
        // A URL in the chain would be quoted by errors; the transport has it.
        rpcUrls: { default: { http: [] } },
      }),
      deployment: contracts,
      ...(configured.pollingInterval === undefined ? {} : { pollingInterval: configured.pollingInterval }),
      transport: measure(http(node)),
    })

  const id = await reach('chain.rpc', () => getChainId(clientOf(url, configured.id ?? 1)))
  if (configured.id !== undefined && configured.id !== id) {
    const expected = `${id}, as the node says, or another node`
    throw new GatewayConfigError({ expected, field: 'chain.id', value: configured.id })
  }
  const bare = clientOf(url, id)
  const addressIn = (field: string, given: Address | undefined, name: 'aiToken' | 'paymentChannels') => {
    try {
      return given ?? addressOf(bare, name)
    } catch (cause) {
      if (!(cause instanceof ChainNotSupportedError)) throw cause
      const expected = `the contract's address, for none is known on chain ${id}`
      throw new GatewayConfigError({ cause, expected, field, value: undefined })
    }
  }
  const token = addressIn('chain.token', configured.token, 'aiToken')
  const channels = addressIn('chain.channels', configured.channels, 'paymentChannels')
  const contracts = { aiToken: token, paymentChannels: channels }
  const client = clientOf(url, id, contracts)
  const { getLimits } = await import('../channel/getLimits.js')
  const readToken = (address: Address) => getMetadata(client, { token: address })
  const readChannels = (address: Address) => getLimits(client, { channels: address })
  const [{ decimals, symbol }, balance] = await Promise.all([
    reach('chain.token', () => readToken(token)),
    reach('chain.rpc', () => getBalance(client, { address: account.address })),
    reach('chain.channels', () => readChannels(channels)),
  ]).catch(async (error: unknown) => {
    const [swapped] = await Promise.allSettled([Promise.all([readToken(channels), readChannels(token)])])
    if (swapped.status === 'rejected') throw error
    const expected = `the token: ${token} holds payment channels, and \`chain.channels\` is the token; swap them`
    throw new GatewayConfigError({ cause: error, expected, field: 'chain.token', value: token })
  })
  const connect = (node: string) => clientOf(node, id, contracts)
  return { account, balance, channels, client, connect, decimals, symbol, token }
}

async function readAccount(key: string): Promise<Signer> {
  try {
    return privateKeyToSigner(key.startsWith('0x') ? (key as `0x${string}`) : `0x${key}`, {
      engine: await loadEngine(),
    })
  } catch (cause) {
    if (!(cause instanceof PrivateKeyError)) throw cause
    const expected = 'a private key: 64 hexadecimal digits'
    throw new GatewayConfigError({ expected, field: 'account', hidden: true, value: '' })
  }
}

/** Asks the chain, and says which field to look at when it does not answer. */
async function reach<value>(field: string, ask: () => Promise<value>): Promise<value> {
  try {
    return await ask()
  } catch (cause) {
    throw new GatewayStartError(`The chain did not answer for \`${field}\`.`, {
      cause,
      hints: ['See that the node runs and that the address is the right contract on its chain.'],
    })
  }
}
