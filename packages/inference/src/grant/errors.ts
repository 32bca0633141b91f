import { AitokenError } from '@aitoken/core/errors'
import type { Address, Hex } from 'viem'

/** Thrown when a session's grant, or its signature, is malformed. */
export class GrantMalformedError extends AitokenError {
  override readonly name = 'GrantMalformedError'

  /** What is wrong with it. */
  readonly reason: string

  constructor({ cause, reason }: { cause?: unknown; reason: string }) {
    super(`The session's grant is malformed: ${reason}.`, {
      cause,
      hints: ['Sign it with `signSessionGrant`, and send the key whose hash it names.'],
    })
    this.reason = reason
  }
}

/** Thrown when somebody else signed a session's grant, or signed another one. */
export class GrantSignerError extends AitokenError {
  override readonly name = 'GrantSignerError'

  /** Who should have signed. */
  readonly expected: Address

  constructor({ expected, recovered }: { expected: Address; recovered?: Address | undefined }) {
    super(`The session was granted by ${recovered ?? 'somebody else'}, not by ${expected}.`, {
      hints: ['Check the signer, the chain id, the contract and every value: all of them are signed.'],
    })
    this.expected = expected
  }
}

/** Thrown when a request names a session that its channel does not have. */
export class GrantUnknownError extends AitokenError {
  override readonly name = 'GrantUnknownError'

  /** The channel. */
  readonly channelId: Hex

  /** Name of the session's key. */
  readonly keyId: Hex

  constructor({ channelId, keyId }: { channelId: Hex; keyId: Hex }) {
    super(`Channel ${channelId} has no session ${keyId}.`, {
      hints: ['Grant it at `POST /v1/channels/{id}/sessions` first.'],
    })
    this.channelId = channelId
    this.keyId = keyId
  }
}

/** Thrown when a session is over. */
export class GrantExpiredError extends AitokenError {
  override readonly name = 'GrantExpiredError'

  /** Unix time in seconds at which it ended. */
  readonly expiry: bigint

  /** Name of the session's key. */
  readonly keyId: Hex

  constructor({ expiry, keyId }: { expiry: bigint; keyId: Hex }) {
    super(`Session ${keyId} ended at ${expiry}.`, { hints: ['Grant another one.'] })
    this.expiry = expiry
    this.keyId = keyId
  }
}

/** Thrown when a request of a session carries the code of another request, or of none. */
export class GrantCodeError extends AitokenError {
  override readonly name = 'GrantCodeError'

  /** Name of the session's key. */
  readonly keyId: Hex

  constructor({ keyId }: { keyId: Hex }) {
    super(`The code of a request under session ${keyId} is wrong.`, {
      hints: ['It covers channel, number, price tag, path and body: change none of them after it is made.'],
    })
    this.keyId = keyId
  }
}

/** Thrown when a number of a session was used before, or is so low that it may have been. */
export class GrantReplayedError extends AitokenError {
  override readonly name = 'GrantReplayedError'

  /** The number. */
  readonly counter: bigint

  /** Highest number used so far. */
  readonly highest: bigint

  constructor({ counter, highest }: { counter: bigint; highest: bigint }) {
    super(`Number ${counter} of the session cannot be used: ${highest} is the highest so far.`, {
      hints: ['Give every request the next number; one may be overtaken by 63 others.'],
    })
    this.counter = counter
    this.highest = highest
  }
}

/** Thrown when a request may cost more than what its session's limit leaves. */
export class GrantLimitError extends AitokenError {
  override readonly name = 'GrantLimitError'

  /** The most that may be charged under the session, in base units. */
  readonly limit: bigint

  /** What would be charged and held under it, in base units. */
  readonly needed: bigint

  constructor({ limit, needed }: { limit: bigint; needed: bigint }) {
    super(`The session's limit is ${limit} base units, and its requests would come to ${needed}.`, {
      hints: ['Grant another session, or pay with a voucher.'],
    })
    this.limit = limit
    this.needed = needed
  }
}

/** Thrown when a channel has as many sessions as it may. */
export class GrantsFullError extends AitokenError {
  override readonly name = 'GrantsFullError'

  /** The channel. */
  readonly channelId: Hex

  /** How many it may have. */
  readonly limit: number

  constructor({ channelId, limit }: { channelId: Hex; limit: number }) {
    super(`Channel ${channelId} has ${limit} sessions already.`, {
      hints: ['Wait until one of them expires, or pay with vouchers.'],
    })
    this.channelId = channelId
    this.limit = limit
  }
}

/** Thrown when a session's key would travel unencrypted. Nothing was sent. */
export class GrantInsecureError extends AitokenError {
  override readonly name = 'GrantInsecureError'

  constructor({ origin }: { origin: string }) {
    super(`The key of a session cannot go to ${origin} in the clear.`, {
      hints: ['Use https, or another lane.'],
    })
  }
}
