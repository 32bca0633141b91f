import {
  type CoreActions,
  createAitoken as createCore,
  type ReadClient,
  type WriteClient,
} from '@aitoken/core'

import { type ChannelActions, channelActions } from './channelActions.js'
import { type RegistryActions, registryActions } from './registryActions.js'

/**
 * Creates a client with every action of the token, of the payment channels and of the registry of providers on it: a
 * viem client, extended with {@link channelActions} and {@link registryActions}.
 *
 * @param parameters - {@link createAitoken.WriteParameters}
 * @returns The client; its actions are under `ait`, `channels` and `registry`.
 *
 * @example
 * ```ts
 * import { createAitoken } from '@aitoken/inference'
 * import { http, parseEther } from 'viem'
 * import { privateKeyToAccount } from 'viem/accounts'
 * import { base } from 'viem/chains'
 *
 * const aitoken = createAitoken({
 *   account: privateKeyToAccount(process.env['PRIVATE_KEY'] as `0x${string}`),
 *   chain: base,
 *   deployment: {
 *     aiToken: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *     paymentChannels: '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512',
 *   },
 *   transport: http(),
 * })
 *
 * export const opened = aitoken.channels.openChannel({
 *   deposit: parseEther('5'),
 *   payee: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export function createAitoken(parameters: createAitoken.WriteParameters): createAitoken.ReturnType
/** Creates a client that only reads. */
export function createAitoken(parameters: createAitoken.Parameters): createAitoken.ReadReturnType
export function createAitoken(
  parameters: createAitoken.Parameters | createAitoken.WriteParameters,
): createAitoken.ReadReturnType {
  const client = createCore(parameters)
  return client.extend((base) => ({ ait: client.ait, ...channelActions()(base), ...registryActions()(base) }))
}

export declare namespace createAitoken {
  type Parameters = createCore.Parameters
  type WriteParameters = createCore.WriteParameters
  /** A client that reads and writes. */
  type ReturnType = WriteClient & CoreActions & ChannelActions & RegistryActions
  /** A client that only reads. */
  type ReadReturnType = ReadClient &
    CoreActions<ReadClient> &
    ChannelActions<ReadClient> &
    RegistryActions<ReadClient>
}
