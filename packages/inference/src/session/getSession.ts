import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address } from 'viem'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import type { Session } from './session.js'

/**
 * Reads what a session key may draw from a vault, and what it has drawn.
 *
 * @param client - Client of the contract's chain.
 * @param parameters - {@link getSession.Parameters}
 * @returns The session, amounts in base units; all zero when there is none.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { getSession } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient, owner: `0x${string}`, key: `0x${string}`) => getSession(client, { key, owner })
 * ```
 */
export async function getSession(
  client: ReadClient,
  parameters: getSession.Parameters,
): Promise<getSession.ReturnType> {
  const {
    channels = addressOf(client, 'paymentChannels'),
    key,
    owner,
    token = addressOf(client, 'aiToken'),
  } = parameters
  return read(client, {
    abi: paymentChannelsAbi,
    address: channels,
    args: [owner, key, token],
    functionName: 'getSession',
  })
}

export declare namespace getSession {
  type Parameters = {
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** The session key. */
    key: Address
    /** Whose vault. */
    owner: Address
    /** The ERC-20 token. @default AIT on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Session
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
