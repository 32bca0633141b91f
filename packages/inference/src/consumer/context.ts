import type { WriteClient } from '@aitoken/core'
import type { Address, LocalAccount } from 'viem'

import type { SignatureEngine } from '../signature/engine.js'
import type { Signer } from '../signature/privateKeyToSigner.js'
import type { Budget, ProviderAccount } from './account.js'
import type { ChannelStore } from './channelStore.js'

/** Sends requests, as the platform's `fetch` does. */
export type Fetch = (input: Request | URL | string, init?: RequestInit) => Promise<Response>

/** Everything that the parts of a consumer share. */
export type ConsumerContext = {
  /** Dealings with providers, by origin. */
  readonly accounts: Map<string, Promise<ProviderAccount>>
  readonly budget: Budget
  readonly channels: Address
  readonly client: WriteClient
  readonly deposit: bigint | undefined
  readonly engine: SignatureEngine
  readonly hiddenReasoning: boolean
  /** Unix time in milliseconds. */
  now(): number
  /** All dealings of this session, for its budget. */
  readonly opened: Set<ProviderAccount>
  readonly providers: ReadonlySet<string> | undefined
  readonly send: Fetch
  readonly signer: LocalAccount | Signer
  readonly store: ChannelStore
  readonly token: Address
}

/** Name of a channel in the store. */
export function storeKey(context: ConsumerContext, origin: string): string {
  const { channels, client, signer, token } = context
  return [origin, client.chain.id, channels, token, client.account.address, signer.address]
    .join('|')
    .toLowerCase()
}
