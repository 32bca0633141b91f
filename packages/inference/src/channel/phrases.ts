import type { PhraseContext, Phrases } from '@aitoken/core/internal'

import type { paymentChannelsAbi } from '../generated/paymentChannels.js'
import type { Channel } from './channel.js'

/** How each call of `PaymentChannels` is said in English; give it to `describe` with the ABI. */
export const channelPhrases = {
  close: ([channel, , capture], context) =>
    `Close ${between(channel, context)}, paying ${context.amount(capture, channel.token)} in total`,
  closeWithStatement: ([channel, spent], context) =>
    `Close ${between(channel, context)} by the payee's final statement, paying ${context.amount(spent, channel.token)} in total`,
  deposit: ([token, amount], { amount: write }) => `Deposit ${write(amount, token)} into the vault`,
  depositWithAuthorization: ([owner, token, amount], { amount: write, name }) =>
    `Deposit ${write(amount, token)} into the vault of ${name(owner)}, by signed authorization`,
  open: ([payee, token, deposit], { amount, name }) =>
    `Open a payment channel to ${name(payee)} with ${amount(deposit, token)}`,
  openFromVault: ([payee, token, amount], { amount: write, name }) =>
    `Open a payment channel to ${name(payee)} with ${write(amount, token)} from the vault`,
  openFromVaultWithSession: ([channel, amount], context) =>
    `Open ${between(channel, context)} with ${context.amount(amount, channel.token)} from the payer's vault, by session key`,
  openFromVaultWithSignature: ([channel, amount, signer], context) =>
    `Open ${between(channel, context)} with ${context.amount(amount, channel.token)} from the payer's vault, signed by ${context.name(signer)}`,
  openWithAuthorization: ([channel, amount], context) =>
    `Open ${between(channel, context)} with ${context.amount(amount, channel.token)}, by signed authorization`,
  openWithPermit: ([channel, amount], context) =>
    `Open ${between(channel, context)} with ${context.amount(amount, channel.token)}, by permit`,
  openWithPermit2: ([channel, amount], context) =>
    `Open ${between(channel, context)} with ${context.amount(amount, channel.token)}, by Permit2`,
  requestClose: ([channel], context) => `Announce the payer's exit from ${between(channel, context)}`,
  revokeSession: ([key, token], { name }) => `End the session of ${name(key)} for ${name(token)}`,
  setAuthority: ([authority], { name }) =>
    `Let the access manager ${name(authority)} govern the channels' fee`,
  setFee: ([bps, recipient], { name }) =>
    `Set the fee of new payment channels to ${bps / 100} %, collected by ${name(recipient)}`,
  setOperator: ([operator, approved], { name }) =>
    approved
      ? `Let ${name(operator)} settle and close the account's channels`
      : `Stop ${name(operator)} from settling and closing the account's channels`,
  setSession: ([key, token, cap, expiry], { amount, name, time }) =>
    `Let ${name(key)} spend up to ${amount(cap, token)} from the vault until ${time(expiry)}`,
  settle: ([channel, , capture], context) =>
    `Settle ${between(channel, context)} at ${context.amount(capture, channel.token)} in total`,
  settleMany: ([batches], { name }) =>
    `Settle many payment channels of ${[...new Set(batches.map(({ payee }) => name(payee)))].join(' and ') || 'nobody'}`,
  settleStream: ([channel, { base, unit }, , steps], context) =>
    `Settle the stream of ${between(channel, context)} at ${context.amount(base + unit * BigInt(steps), channel.token)} in total`,
  topUp: ([channel, amount], context) =>
    `Add ${context.amount(amount, channel.token)} to ${between(channel, context)}`,
  topUpFromVault: ([channel, amount], context) =>
    `Add ${context.amount(amount, channel.token)} from the vault to ${between(channel, context)}`,
  topUpFromVaultWithSession: ([channel, amount], context) =>
    `Add ${context.amount(amount, channel.token)} from the payer's vault to ${between(channel, context)}, by session key`,
  topUpWithAuthorization: ([channel, amount], context) =>
    `Add ${context.amount(amount, channel.token)} to ${between(channel, context)}, by signed authorization`,
  topUpWithPermit: ([channel, amount], context) =>
    `Add ${context.amount(amount, channel.token)} to ${between(channel, context)}, by permit`,
  topUpWithPermit2: ([channel, amount], context) =>
    `Add ${context.amount(amount, channel.token)} to ${between(channel, context)}, by Permit2`,
  withdraw: ([channel], context) => `Withdraw what is left from ${between(channel, context)}`,
  withdrawFromVault: ([token, amount, to], { amount: write, name }) =>
    `Withdraw ${write(amount, token)} from the vault to ${name(to)}`,
} as const satisfies Phrases<typeof paymentChannelsAbi>

function between({ payee, payer }: Channel, { name }: PhraseContext): string {
  return `the payment channel from ${name(payer)} to ${name(payee)}`
}
