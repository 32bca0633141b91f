import {
  type Channel,
  hashChannel,
  hashPriceTable,
  type PriceTable,
  type SignedReceipt,
  signPriceTable,
  signReceipt,
  type UsageReceipt,
} from '@aitoken/inference'
import { type Address, type Hex, keccak256, stringToBytes, zeroAddress, zeroHash } from 'viem'

import { carol, client, deployment, mallory } from './anvil.js'

/** A receipt that Mallory signed as if she were Carol's key, with all that an auditor asks for. */
export type Forgery = {
  channel: Channel
  channelId: Hex
  domain: { chainId: number; channels: Address }
  signed: SignedReceipt
  terms: {
    chainId: number
    channel: Channel
    channels: Address
    priceTable: PriceTable
    priceTableSignature: Hex
  }
}

/** Mallory charges 100 base units for nothing, on a channel of her own that pays Carol. */
export async function forge(
  channels: Address,
  changes: Partial<UsageReceipt> = {},
  descriptor: Partial<Channel> = {},
): Promise<Forgery> {
  const channel: Channel = {
    authorizedSigner: zeroAddress,
    payee: carol.address,
    payer: mallory.address,
    salt: `0x${'55'.repeat(32)}`,
    token: deployment.aiToken,
    ...descriptor,
  }
  const domain = { chainId: client.chain.id, channels }
  const table: PriceTable = {
    models: [{ cachedInput: 0n, input: 0n, model: 'm', output: 0n, reasoning: 0n, request: 100n }],
    payee: channel.payee,
    token: channel.token,
    validUntil: 1n,
  }
  const channelId = hashChannel({ ...domain, channel })
  const receipt: UsageReceipt = {
    cachedInputTokens: 0,
    channelId,
    cost: 100n,
    cumulative: 100n,
    inputTokens: 0,
    modelHash: keccak256(stringToBytes('m')),
    outputTokens: 0,
    policyHash: zeroHash,
    priceTableHash: hashPriceTable({ ...domain, table }),
    reasoningTokens: 0,
    requestHash: zeroHash,
    responseHash: zeroHash,
    sequence: 1n,
    ...changes,
  }
  const priceTableSignature = await signPriceTable(mallory, { ...domain, table })
  return {
    channel,
    channelId,
    domain,
    signed: { receipt, signature: await signReceipt(mallory, { ...domain, receipt }) },
    terms: { ...domain, channel, priceTable: table, priceTableSignature },
  }
}
