import type { Phrases } from '@aitoken/core/internal'
import { zeroAddress } from 'viem'

import type { providerRegistryAbi } from '../generated/providerRegistry.js'

/** How each call of `ProviderRegistry` is said in English; give it to `describe` with the ABI. */
export const registryPhrases = {
  acceptOwnership: ([id]) => `Take over provider ${id}`,
  bond: ([id, amount]) => `Add ${amount} base units to the bond of provider ${id}`,
  deregister: ([id]) => `Take provider ${id} off the list for good, and start unbonding all of its bond`,
  register: ([{ endpoint, payee, receiptSigner }, , bond], { name }) =>
    `Register a provider at ${endpoint} that is paid as ${name(payee)} and signs as ${name(receiptSigner)}, bonding ${bond} base units`,
  setAuthority: ([authority], { name }) =>
    `Let the access manager ${name(authority)} govern who may slash providers`,
  slash: ([id, most, recipient, reason], { name }) =>
    `${recipient === zeroAddress ? 'Burn' : `Give ${name(recipient)}`} up to ${most} base units of what provider ${id} has bonded, for reason ${reason}`,
  slashWithProof: ([id, { payer }, { receipt }], { name }) =>
    `Prove that provider ${id} signed two receipts for number ${receipt.sequence} of a channel of ${name(payer)}`,
  startUnbonding: ([id, amount]) => `Start unbonding ${amount} base units of provider ${id}`,
  transferOwnership: ([id, newOwner], { name }) =>
    newOwner === zeroAddress
      ? `Take back the offer of provider ${id}`
      : `Offer provider ${id} to ${name(newOwner)}`,
  update: ([id, { endpoint, payee, receiptSigner }], { name }) =>
    `Let provider ${id} answer at ${endpoint}, be paid as ${name(payee)} and sign as ${name(receiptSigner)}`,
  withdrawBond: ([id, to], { name }) => `Withdraw what provider ${id} has unbonded to ${name(to)}`,
} as const satisfies Phrases<typeof providerRegistryAbi>
