import { AitokenError } from '@aitoken/core/errors'
import type { Address } from 'viem'

/** Thrown when what answers for a registered provider quotes with another key than the registered one. Nothing was paid. */
export class ProviderSignerError extends AitokenError {
  override readonly name = 'ProviderSignerError'

  /** The key that the quote names. */
  readonly quoted: Address

  /** The key that the provider registered. */
  readonly registered: Address

  constructor({ endpoint, id, quoted, registered }: RegistrationMismatch) {
    super(`${endpoint} quotes as ${quoted}, but provider ${id} registered ${registered} as its signer.`, {
      hints: [
        'Pay nothing there: somebody else answers, or the provider changed its key without registering it.',
      ],
    })
    this.quoted = quoted
    this.registered = registered
  }
}

/** Thrown when what answers for a registered provider wants somebody else to be paid. Nothing was paid. */
export class ProviderPayeeError extends AitokenError {
  override readonly name = 'ProviderPayeeError'

  /** Who the quote wants to be paid. */
  readonly quoted: Address

  /** Who the provider registered to be paid. */
  readonly registered: Address

  constructor({ endpoint, id, quoted, registered }: RegistrationMismatch) {
    super(`${endpoint} wants ${quoted} to be paid, but provider ${id} registered ${registered}.`, {
      hints: [
        'Pay nothing there: somebody claims what another provider serves, or its registration is stale.',
      ],
    })
    this.quoted = quoted
    this.registered = registered
  }
}

/** What a quote says otherwise than a registration. */
export type RegistrationMismatch = {
  /** Where the quote came from. */
  endpoint: string
  /** The provider. */
  id: bigint
  /** What the quote says. */
  quoted: Address
  /** What is registered. */
  registered: Address
}

/** Thrown when a provider's key was convicted of contradicting itself, and not replaced yet. */
export class ProviderConvictedError extends AitokenError {
  override readonly name = 'ProviderConvictedError'

  /** The provider. */
  readonly id: bigint

  constructor({ id }: { id: bigint }) {
    super(`The key of provider ${id} was convicted of signing two receipts for one number.`, {
      hints: ['Use another provider, or wait until it has registered another key and you trust it again.'],
    })
    this.id = id
  }
}

/** Thrown when a provider has less bonded than the consumer asks for. */
export class ProviderBondError extends AitokenError {
  override readonly name = 'ProviderBondError'

  /** What it has bonded, in base units. */
  readonly bond: bigint

  /** What the consumer asks for, in base units. */
  readonly minimum: bigint

  constructor({ bond, id, minimum }: { bond: bigint; id: bigint; minimum: bigint }) {
    super(`Provider ${id} has ${bond} base units bonded, but this consumer asks for ${minimum}.`, {
      hints: ['Use another provider, or lower `registry.minimumBond`.'],
    })
    this.bond = bond
    this.minimum = minimum
  }
}

/** Thrown when a provider registered an endpoint that this consumer does not go to. */
export class ProviderEndpointError extends AitokenError {
  override readonly name = 'ProviderEndpointError'

  /** The endpoint. */
  readonly endpoint: string

  constructor({ endpoint, id }: { endpoint: string; id: bigint }) {
    super(`Provider ${id} registered \`${endpoint}\`, which is no HTTPS URL without credentials and query.`, {
      hints: ['Use another provider; for tests on one machine, set `registry.plainHttp`.'],
    })
    this.endpoint = endpoint
  }
}
