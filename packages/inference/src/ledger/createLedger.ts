import type { Address, Hex } from 'viem'

import type { Channel } from '../channel/channel.js'
import type { Ledger } from './ledger.js'
import { syncLedger } from './syncLedger.js'

/**
 * Begins the book on a channel from what the chain says about it: what was settled counts as spent. Its receipts are
 * numbered by the time: the first one gets `syncedAt * 1000 + 1`, each further one the next number.
 *
 * @param parameters - {@link createLedger.Parameters}
 * @returns The book, with no credit yet.
 *
 * @example
 * ```ts
 * import { createLedger } from '@aitoken/inference'
 *
 * const payer = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
 * const ledger = createLedger({
 *   channel: {
 *     authorizedSigner: '0x0000000000000000000000000000000000000000',
 *     payee: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
 *     payer,
 *     salt: `0x${'00'.repeat(32)}`,
 *     token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *   },
 *   channelId: `0x${'11'.repeat(32)}`,
 *   margin: 0n,
 *   signer: payer,
 *   state: { closeAt: 0, closed: false, deposit: 1_000_000n, settled: 0n },
 *   syncedAt: Date.now(),
 * })
 * ```
 */
export function createLedger(parameters: createLedger.Parameters): Ledger {
  const { channel, channelId, credit = 0n, margin, signer, state, syncedAt } = parameters
  const ledger: Ledger = {
    authorized: state.settled,
    channel,
    channelId,
    closeAt: 0,
    credit,
    deposit: 0n,
    grants: [],
    margin,
    receipt: undefined,
    reserved: [],
    // Nothing on chain tells whether the channel had a book before that was lost: the time is above all numbers that
    // such a book gave, and so no two receipts get the same one, which would cost the provider its bond.
    sequence: BigInt(Math.floor(syncedAt)) * 1_000n,
    settled: 0n,
    signature: undefined,
    signer,
    spent: state.settled,
    status: 'open',
    stream: undefined,
    syncedAt,
    vouched: 0n,
  }
  return syncLedger(ledger, { state, syncedAt })
}

export declare namespace createLedger {
  type Parameters = {
    /** The channel's descriptor. */
    channel: Channel
    /** The channel's id. */
    channelId: Hex
    /** Base units that requests of a session may use beyond what is authorized. @default 0n */
    credit?: bigint | undefined
    /** Base units of the deposit that vouchers may not touch. */
    margin: bigint
    /** Who signs the channel's vouchers. */
    signer: Address
    /** What the chain says. */
    state: syncLedger.State
    /** Unix time in milliseconds at which the chain was read; the receipts are numbered from it. */
    syncedAt: number
  }
}
