import type { ReadClient } from '@aitoken/core'
import { addressOf } from '@aitoken/core/internal/deployment'
import type { Address, Hex } from 'viem'

import type { Channel, ChannelState } from '../channel/channel.js'
import { ChannelMissingError } from '../channel/errors.js'
import { getChannel } from '../channel/getChannel.js'
import { hashChannel } from '../channel/hashChannel.js'
import { isSameAddress } from '../internal/address.js'
import { toHex } from '../internal/hex.js'
import { hashPriceTable } from '../price/hashPriceTable.js'
import type { PriceTable } from '../price/priceTable.js'
import { priceUsage } from '../price/priceUsage.js'
import { verifyPriceTable } from '../price/verifyPriceTable.js'
import { type BillExceedsUsageError, ReceiptMismatchError } from '../receipt/errors.js'
import { createReceiptHasher } from '../receipt/hashReceipt.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import { toUsage, verifyReceipt } from '../receipt/verifyReceipt.js'
import { loadEngine } from '../signature/loadEngine.js'
import { recoverSigner } from '../signature/recoverSigner.js'
import { ReceiptOverdrawnError } from './errors.js'
import { readStanding, type Standing } from './readStanding.js'

/** What an audit found out about a receipt that holds. */
export type ReceiptAudit = {
  /** The channel as the chain has it now, amounts in base units. */
  channel: ChannelState
  /** What the usage costs by the signed prices, in base units. */
  due: bigint
  /** What was charged less than that, in base units: a provider may never charge more than was set aside. */
  discount: bigint
  /** Name of the model. */
  model: string
  /** Whether the chain has paid the receipt's total already. */
  settled: boolean
  /** Who signed. */
  signer: Address
  /** Why the signature binds the payee. */
  standing: Standing
}

/**
 * Audits a receipt for somebody who trusts neither side, with nothing but a node: who signed and why that binds the
 * payee, that the prices are those the payee signed, that the cost follows from them, and that the channel exists on
 * chain and can have paid it (EIP-712). What text the model was asked for and gave is checked as far as it is given.
 *
 * @param client - Client of the channel's chain.
 * @param parameters - {@link auditReceipt.Parameters}
 * @returns What was found out.
 * @throws {@link ReceiptUnboundError} when nothing shows that the signer may sign for the payee.
 * @throws {@link PayeeConsentError} when the signer is a provider's, but the payee never agreed to that provider.
 * @throws {@link SignerTermError} when the signer was not the provider's at the time in question.
 * @throws {@link ReceiptMismatchError} when it is about another channel, price table, model, request or response, or
 * its cost is above its total.
 * @throws {@link BillExceedsUsageError} when it charges more than its own token counts cost.
 * @throws {@link ReceiptOverdrawnError} when its total is above what the channel ever held.
 * @throws {@link ChannelMissingError} when the channel never existed.
 * @throws `ReceiptSignerError`, `SignatureMalformedError`, `PriceTableSignerError` when a signature is false.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { auditReceipt, type Channel, type Quote, type SignedReceipt } from '@aitoken/inference'
 *
 * export const audit = (client: ReadClient, channel: Channel, quote: Quote, signed: SignedReceipt) =>
 *   auditReceipt(client, { ...quote, ...signed, channel })
 * ```
 */
export async function auditReceipt(
  client: ReadClient,
  parameters: auditReceipt.Parameters,
): Promise<ReceiptAudit> {
  const {
    channel,
    priceTable: table,
    priceTableSignature,
    provider,
    receipt,
    registry,
    signature,
  } = parameters
  const { channels = addressOf(client, 'paymentChannels'), requestBody, responseBody } = parameters
  const chainId = client.chain.id
  const engine = await loadEngine()
  const digest = toHex(createReceiptHasher(engine, { chainId, channels })(receipt))
  const signer = recoverSigner({ digest, engine, signature })

  const domain = { chainId, channels, engine }
  expectSame('channelId', receipt.channelId, hashChannel({ ...domain, channel }))
  expectSame('priceTableHash', receipt.priceTableHash, hashPriceTable({ ...domain, table }))
  if (!isSameAddress(table.payee, channel.payee) || !isSameAddress(table.token, channel.token))
    throw new ReceiptMismatchError({
      expected: `${channel.payee} and ${channel.token}`,
      field: 'price table',
      received: `${table.payee} and ${table.token}`,
    })
  // Prices of the past are those that held then, so their end does not matter now.
  await verifyPriceTable({ ...domain, now: 0n, signature: priceTableSignature, signer, table })
  const price = table.models.find(({ model }) => modelHashOf(model) === receipt.modelHash.toLowerCase())
  if (!price)
    throw new ReceiptMismatchError({
      expected: 'that of a model in the price table',
      field: 'modelHash',
      received: receipt.modelHash,
    })
  await verifyReceipt({ chainId, channels, price, receipt, requestBody, responseBody, signature, signer })
  if (receipt.cost > receipt.cumulative)
    throw new ReceiptMismatchError({
      expected: `at least its cost, ${receipt.cost},`,
      field: 'cumulative',
      received: `${receipt.cumulative}`,
    })

  const [standing, state] = await Promise.all([
    readStanding(client, {
      at: parameters.at,
      channels,
      known: parameters.signer,
      payee: channel.payee,
      provider,
      registry,
      signer,
    }),
    getChannel(client, { channelId: receipt.channelId, channels }),
  ])
  const { deposit, settled } = state
  const { channelId, cumulative } = receipt
  if (deposit === 0n) throw new ChannelMissingError({ channelId })
  if (cumulative > deposit) throw new ReceiptOverdrawnError({ cumulative, deposit })
  const due = priceUsage(price, toUsage(receipt))
  return {
    channel: state,
    discount: due - receipt.cost,
    due,
    model: price.model,
    settled: settled >= cumulative,
    signer,
    standing,
  }

  function modelHashOf(model: string): Hex {
    return toHex(engine.keccak256(new TextEncoder().encode(model)))
  }
}

export declare namespace auditReceipt {
  type Parameters = SignedReceipt & {
    /**
     * Unix time in seconds at which the signature is known to have been there, for keys of the registry that were
     * replaced since: receipts carry no time. @default now
     */
    at?: bigint | undefined
    /** Descriptor of the channel. */
    channel: Channel
    /** Payment channels contract. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** The prices that the receipt names. */
    priceTable: PriceTable
    /** The signature over them. */
    priceTableSignature: Hex
    /** Id of the provider in the registry, when its signer is neither the payee nor an operator of the payee. */
    provider?: bigint | undefined
    /** The registry. @default the one deployed on the client's chain */
    registry?: Address | undefined
    /** The request body, to check that the receipt is about it. */
    requestBody?: Uint8Array | undefined
    /** The bytes that the model answered, without payment comments, to check that the receipt is about them. */
    responseBody?: Uint8Array | undefined
    /** Who is known by other means to sign for the payee. */
    signer?: Address | undefined
  }
  type ErrorType =
    | BillExceedsUsageError
    | ChannelMissingError
    | ReceiptMismatchError
    | ReceiptOverdrawnError
    | addressOf.ErrorType
    | getChannel.ErrorType
    | readStanding.ErrorType
    | verifyPriceTable.ErrorType
    | verifyReceipt.ErrorType
}

function expectSame(field: string, received: Hex, expected: Hex): void {
  if (received.toLowerCase() !== expected.toLowerCase())
    throw new ReceiptMismatchError({ expected, field, received })
}
