import { type Address, type Hex, zeroAddress } from 'viem'

import type { Channel, ChannelState } from '../channel/channel.js'
import type { Session } from '../session/session.js'
import { unpackSettled } from '../settlement/readSettlements.js'
import type { ChannelEvent } from './channelEvent.js'

/** All state of the channels contract, as its events tell it. Amounts are in base units. */
export type ChannelBook = {
  /** Every channel that was ever opened, by id. */
  readonly channels: Map<Hex, ChannelState & { channel: Channel }>
  /** Fee of channels that open now, and who collects it. */
  fee: { bps: number; recipient: Address }
  /** Operators by payee. */
  readonly operators: Map<Address, Set<Address>>
  /** Sessions by {@link sessionKey}. */
  readonly sessions: Map<string, Session>
  /** Vault balances by {@link vaultKey}. */
  readonly vaults: Map<string, bigint>
}

/** Names a vault balance in a {@link ChannelBook}. */
export function vaultKey(owner: Address, token: Address): string {
  return `${owner}:${token}`.toLowerCase()
}

/** Names a session in a {@link ChannelBook}. */
export function sessionKey(owner: Address, key: Address, token: Address): string {
  return `${owner}:${key}:${token}`.toLowerCase()
}

/** A book before the first event. */
export function createChannelBook(): ChannelBook {
  return {
    channels: new Map(),
    fee: { bps: 0, recipient: zeroAddress },
    operators: new Map(),
    sessions: new Map(),
    vaults: new Map(),
  }
}

/**
 * Enters one event into a book. Events come in the order of the chain, each once, from the deployment of the
 * contract on: a channel's fee is the one that was set before it opened.
 *
 * @param book - The book, which changes.
 * @param event - What happened, amounts in base units.
 *
 * @example
 * ```ts
 * import { type ChannelEvent, createChannelBook, enterChannelEvent } from '@aitoken/inference'
 *
 * export function bookOf(events: readonly ChannelEvent[]) {
 *   const book = createChannelBook()
 *   for (const event of events) enterChannelEvent(book, event)
 *   return book
 * }
 * ```
 */
export function enterChannelEvent(book: ChannelBook, event: ChannelEvent): void {
  switch (event.eventName) {
    case 'ChannelOpened':
      enterOpened(book, event.args)
      break
    case 'ChannelToppedUp':
      enterToppedUp(book, event.args)
      break
    case 'ChannelSettled':
      change(book, event.args.channelId, { settled: event.args.settled })
      break
    case 'ChannelsSettled':
      for (const { channelId, settled } of unpackSettled(event.args.rows))
        change(book, channelId, { settled })
      break
    case 'ChannelCloseRequested':
      change(book, event.args.channelId, { closeAt: Number(event.args.closeAt) })
      break
    case 'ChannelClosed':
      enterClosed(book, event.args)
      break
    case 'FeeAccrued':
      addToVault(book, event.args.recipient, event.args.token, event.args.amount)
      break
    case 'VaultDeposited':
      addToVault(book, event.args.owner, event.args.token, event.args.amount)
      break
    case 'VaultWithdrawn':
      addToVault(book, event.args.owner, event.args.token, -event.args.amount)
      break
    case 'FeeSet':
      book.fee = { bps: Number(event.args.bps), recipient: event.args.recipient }
      break
    case 'OperatorSet':
      enterOperator(book, event.args)
      break
    case 'SessionSet':
    case 'SessionUsed':
    case 'SessionRevoked':
      enterSession(book, event)
      break
    default: // rows that were left out, and who governs the fee, change none of this
  }
}

type Args<name extends ChannelEvent['eventName']> = Extract<ChannelEvent, { eventName: name }>['args']

function enterOpened(book: ChannelBook, args: Args<'ChannelOpened'>): void {
  const { authorizedSigner, channelId, deposit, fromVault, payee, payer, salt, token } = args
  book.channels.set(channelId, {
    channel: { authorizedSigner, payee, payer, salt, token },
    closeAt: 0,
    closed: false,
    deposit,
    feeBps: book.fee.bps,
    refundsToVault: fromVault,
    settled: 0n,
  })
  if (fromVault) addToVault(book, payer, token, -deposit)
}

function enterToppedUp(book: ChannelBook, { channelId, deposit, fromVault }: Args<'ChannelToppedUp'>): void {
  const entry = book.channels.get(channelId)
  if (!entry) return
  const { payer, token } = entry.channel
  if (fromVault) addToVault(book, payer, token, entry.deposit - deposit)
  change(book, channelId, { closeAt: 0, deposit })
}

function enterClosed(book: ChannelBook, { channelId, refunded, settled }: Args<'ChannelClosed'>): void {
  const entry = book.channels.get(channelId)
  if (!entry) return
  const { payer, token } = entry.channel
  if (entry.refundsToVault) addToVault(book, payer, token, refunded)
  change(book, channelId, { closeAt: 0, closed: true, settled })
}

function enterOperator(book: ChannelBook, { approved, operator, payee }: Args<'OperatorSet'>): void {
  const operators = book.operators.get(payee) ?? new Set()
  if (approved) operators.add(operator)
  else operators.delete(operator)
  book.operators.set(payee, operators)
}

type SessionEvent = Extract<ChannelEvent, { eventName: `Session${string}` }>

function enterSession(book: ChannelBook, event: SessionEvent): void {
  const { key, owner, token } = event.args
  const name = sessionKey(owner, key, token)
  const before = book.sessions.get(name)
  if (event.eventName === 'SessionRevoked') book.sessions.delete(name)
  else if (event.eventName === 'SessionUsed') {
    if (before) book.sessions.set(name, { ...before, used: event.args.used })
  } else {
    const { cap, expiry, payees } = event.args
    book.sessions.set(name, { cap, expiry: Number(expiry), payees, used: before?.used ?? 0n })
  }
}

function change(book: ChannelBook, channelId: Hex, changes: Partial<ChannelState>): void {
  const entry = book.channels.get(channelId)
  if (entry) book.channels.set(channelId, { ...entry, ...changes })
}

function addToVault(book: ChannelBook, owner: Address, token: Address, amount: bigint): void {
  const name = vaultKey(owner, token)
  book.vaults.set(name, (book.vaults.get(name) ?? 0n) + amount)
}
