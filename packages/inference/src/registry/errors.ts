import { AitokenError } from '@aitoken/core/errors'
import type { Address } from 'viem'

/** Thrown when no provider has a number. */
export class ProviderUnknownError extends AitokenError {
  override readonly name = 'ProviderUnknownError'

  /** The number. */
  readonly id: bigint

  constructor({ cause, id }: { cause?: unknown; id: bigint }) {
    super(`No provider has the number ${id}.`, {
      cause,
      hints: ['Check the number, the chain and the registry; `listProviders` lists those that exist.'],
    })
    this.id = id
  }
}

/** Thrown when a provider left the registry. */
export class ProviderDeregisteredError extends AitokenError {
  override readonly name = 'ProviderDeregisteredError'

  /** The provider. */
  readonly id: bigint

  constructor({ cause, id }: { cause?: unknown; id: bigint }) {
    super(`Provider ${id} left the registry.`, {
      cause,
      hints: ['It never comes back under this number: use another provider, or register anew.'],
    })
    this.id = id
  }
}

/** Thrown when somebody else than its owner changes a provider. */
export class ProviderOwnerError extends AitokenError {
  override readonly name = 'ProviderOwnerError'

  /** Who tried. */
  readonly caller: Address

  /** Who owns it. */
  readonly owner: Address

  constructor({ caller, cause, owner }: { caller: Address; cause?: unknown; owner: Address }) {
    super(`${caller} does not own the provider; ${owner} does.`, {
      cause,
      hints: ['Send it from the owner, or have the owner call `offerProvider`.'],
    })
    this.caller = caller
    this.owner = owner
  }
}

/** Thrown when an account takes over a provider that was not offered to it. */
export class ProviderNotOfferedError extends AitokenError {
  override readonly name = 'ProviderNotOfferedError'

  /** Who tried. */
  readonly caller: Address

  /** Whom it was offered to; the zero address when nobody was. */
  readonly pendingOwner: Address

  constructor({ caller, cause, pendingOwner }: ProviderNotOfferedError.Options) {
    super(`The provider was offered to ${pendingOwner}, not to ${caller}.`, {
      cause,
      hints: ['Have its owner call `offerProvider` first.'],
    })
    this.caller = caller
    this.pendingOwner = pendingOwner
  }
}

export declare namespace ProviderNotOfferedError {
  type Options = {
    /** Who tried. */
    caller: Address
    /** The error that led to this one. */
    cause?: unknown
    /** Whom it was offered to. */
    pendingOwner: Address
  }
}

/** Thrown when an address cannot play its role in the registry: it is zero, the registry itself, or has no code. */
export class RegistryAddressError extends AitokenError {
  override readonly name = 'RegistryAddressError'

  /** The address. */
  readonly account: Address

  constructor({ account, cause }: { account: Address; cause?: unknown }) {
    super(`${account} cannot be payee, receipt signer or recipient here.`, {
      cause,
      hints: ['Pass an address other than zero and other than the registry.'],
    })
    this.account = account
  }
}

/** Thrown when an endpoint is empty or too long for the registry. */
export class EndpointLengthError extends AitokenError {
  override readonly name = 'EndpointLengthError'

  /** Its length in bytes. */
  readonly length: bigint

  constructor({ cause, length, maximum }: { cause?: unknown; length: bigint; maximum: bigint }) {
    super(`The endpoint has ${length} bytes, but must have 1 to ${maximum}.`, {
      cause,
      hints: ['Publish the origin alone, as `https://provider.example`.'],
    })
    this.length = length
  }
}

/** Thrown when a manifest's URI is too long for the registry. */
export class ManifestUriLengthError extends AitokenError {
  override readonly name = 'ManifestUriLengthError'

  /** Its length in bytes. */
  readonly length: bigint

  constructor({ cause, length, maximum }: { cause?: unknown; length: bigint; maximum: bigint }) {
    super(`The manifest's URI has ${length} bytes, but may have ${maximum} at most.`, {
      cause,
      hints: ['Publish where the manifest is, not the manifest.'],
    })
    this.length = length
  }
}

/** Thrown when a key that was replaced should sign for the same provider again. */
export class SignerRetiredError extends AitokenError {
  override readonly name = 'SignerRetiredError'

  /** The key. */
  readonly signer: Address

  constructor({ cause, id, signer }: { cause?: unknown; id: bigint; signer: Address }) {
    super(`${signer} signed for provider ${id} before and was replaced; it cannot return.`, {
      cause,
      hints: ['Use a new key: each has one term with a provider.'],
    })
    this.signer = signer
  }
}

/** Thrown when a transaction registered nobody. */
export class RegistrationMissingError extends AitokenError {
  override readonly name = 'RegistrationMissingError'

  constructor() {
    super('No provider was registered in this transaction.', {
      hints: ['Pass the logs of the transaction that `registerProvider` sent, once it is mined.'],
    })
  }
}
