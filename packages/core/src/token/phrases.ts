import type { Phrases } from '../description/phrases.js'
import type { aiTokenAbi } from '../generated/aiToken.js'

/** What each function of the token does, in English. */
export const tokenPhrases = {
  approve: ([spender, value], { amount, name }) =>
    value === 0n
      ? `Withdraw the allowance of ${name(spender)}`
      : `Allow ${name(spender)} to spend ${amount(value)}`,
  approveAndCall: ([spender, value], { amount, name }) =>
    `Allow ${name(spender)} to spend ${amount(value)} and call it`,
  burn: ([value], { amount }) => `Destroy ${amount(value)}`,
  burnFrom: ([account, value], { amount, name }) => `Destroy ${amount(value)} of ${name(account)}`,
  cancelAuthorization: ([authorizer, nonce], { name }) =>
    `Cancel authorization ${nonce} of ${name(authorizer)}`,
  crosschainBurn: ([from, value], { amount, name }) =>
    `Destroy ${amount(value)} of ${name(from)}, to be created on another chain`,
  crosschainMint: ([to, value], { amount, name }) =>
    `Create ${amount(value)} for ${name(to)}, destroyed on another chain`,
  delegate: ([delegatee], { name }) =>
    BigInt(delegatee) === 0n ? 'Delegate votes to nobody' : `Delegate votes to ${name(delegatee)}`,
  delegateBySig: ([delegatee, , expiry], { name, time }) =>
    `Delegate the votes of a signer to ${name(delegatee)}, signed until ${time(expiry)}`,
  mint: ([to, value], { amount, name }) => `Create ${amount(value)} for ${name(to)}`,
  permit: ([owner, spender, value, deadline], { amount, name, time }) =>
    `Allow ${name(spender)} to spend ${amount(value)} of ${name(owner)}, signed until ${time(deadline)}`,
  receiveWithAuthorization: ([from, to, value], { amount, name }) =>
    `Take ${amount(value)} from ${name(from)} to ${name(to)}, as ${name(from)} signed`,
  setAuthority: ([authority], { name, to }) => `Put ${name(to)} under the authority of ${name(authority)}`,
  setBridgeLimits: ([bridge, { inbound, outbound }], { amount, name }) =>
    inbound.capacity === 0n && outbound.capacity === 0n
      ? `Remove bridge ${name(bridge)}`
      : `Let bridge ${name(bridge)} create ${amount(inbound.capacity)} every ${inbound.window} s and destroy ${amount(outbound.capacity)} every ${outbound.window} s`,
  transfer: ([to, value], { amount, name }) => `Transfer ${amount(value)} to ${name(to)}`,
  transferAndCall: ([to, value], { amount, name }) => `Transfer ${amount(value)} to ${name(to)} and call it`,
  transferFrom: ([from, to, value], { amount, name }) =>
    `Transfer ${amount(value)} from ${name(from)} to ${name(to)}`,
  transferFromAndCall: ([from, to, value], { amount, name }) =>
    `Transfer ${amount(value)} from ${name(from)} to ${name(to)} and call it`,
  transferWithAuthorization: ([from, to, value], { amount, name }) =>
    `Transfer ${amount(value)} from ${name(from)} to ${name(to)}, as ${name(from)} signed`,
} as const satisfies Phrases<typeof aiTokenAbi>
