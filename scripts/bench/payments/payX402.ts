import type { Signer } from '@aitoken/inference'
import { decodePaymentRequiredHeader, encodePaymentSignatureHeader } from '@x402/core/http'
import type { PaymentRequirements } from '@x402/core/types'
import { computeChannelId, signVoucher } from '@x402/evm/batch-settlement/client'
import { ExactEvmScheme } from '@x402/evm/exact/client'
import type { Address } from 'viem'

import { network, x402Channel } from './x402Channel.ts'

type Pay = (connection: number) => Promise<{ 'payment-signature': string }>

/** Pays each request with an ERC-3009 authorization, as x402's `exact` does. */
export async function createExactPayer(url: string, signer: Signer): Promise<Pay> {
  const accepted = await readRequirements(url)
  const scheme = new ExactEvmScheme(signer)
  return async () => {
    const { payload } = await scheme.createPaymentPayload(2, accepted)
    return { 'payment-signature': encodePaymentSignatureHeader({ accepted, payload, x402Version: 2 }) }
  }
}

/** Pays each request with a voucher of x402's batch settlement, from one channel for each connection. */
export async function createBatchPayer(url: string, signer: Signer, token: Address): Promise<Pay> {
  const accepted = await readRequirements(url)
  const signed = new Map<number, bigint>()
  return async (connection) => {
    const channelConfig = x402Channel(connection, token)
    const cumulative = (signed.get(connection) ?? 0n) + BigInt(accepted.amount)
    signed.set(connection, cumulative)
    const channelId = computeChannelId(channelConfig, network)
    const voucher = await signVoucher(signer, channelId, String(cumulative), network)
    const payload = { channelConfig, type: 'voucher', voucher }
    return { 'payment-signature': encodePaymentSignatureHeader({ accepted, payload, x402Version: 2 }) }
  }
}

/** What the server asks for, from its answer to a request that brings nothing. */
async function readRequirements(url: string): Promise<PaymentRequirements> {
  const { headers } = await fetch(url, { body: '{}', method: 'POST' })
  const accepted = decodePaymentRequiredHeader(headers.get('payment-required') ?? '').accepts[0]
  if (!accepted) throw new Error(`${url} asks for no payment.`)
  return accepted
}
