import { AitokenError } from '@aitoken/core/errors'
import type { Hex } from 'viem'

/** Thrown when a store is used after it was closed. */
export class StoreClosedError extends AitokenError {
  override readonly name = 'StoreClosedError'

  constructor() {
    super('The store is closed.', {
      hints: ['Close the store last, after everything that uses it has ended.'],
    })
  }
}

/** Thrown when a stored book does not read as one: nothing of it is guessed. */
export class StoreCorruptError extends AitokenError {
  override readonly name = 'StoreCorruptError'

  /** The channel whose book it is. */
  readonly channelId: Hex

  /** Path of the field that is wrong; empty when it is the whole record. */
  readonly field: string

  constructor({ cause, channelId, field }: { cause?: unknown; channelId: Hex; field: string }) {
    super(`The stored book of channel ${channelId} is damaged at ${field || 'its beginning'}.`, {
      cause,
      hints: ['Restore the book from a backup: every voucher in it is worth money.'],
    })
    this.channelId = channelId
    this.field = field
  }
}

/** Thrown when a store could not read or write. */
export class StoreFailedError extends AitokenError {
  override readonly name = 'StoreFailedError'

  /** Whether the change may have been written all the same; otherwise it certainly was not. */
  readonly maybeWritten: boolean

  constructor({ action, cause, maybeWritten }: { action: string; cause: unknown; maybeWritten: boolean }) {
    super(`The store failed to ${action}.`, {
      cause,
      hints: maybeWritten
        ? ['The change may have been written: read the book again before you repeat it.']
        : ['Nothing was changed: mend what the cause says, and repeat it.'],
    })
    this.maybeWritten = maybeWritten
  }
}

/** Thrown when this runtime has no SQLite. */
export class StoreRuntimeError extends AitokenError {
  override readonly name = 'StoreRuntimeError'

  /** The runtime that was found. */
  readonly runtime: string

  constructor({ runtime }: { runtime: string }) {
    super(`A SQLite store needs Node 22.16 or newer, but this is ${runtime}.`, {
      hints: ['Run a newer Node, or keep the books in PostgreSQL: `@aitoken/inference/postgres`.'],
    })
    this.runtime = runtime
  }
}

/** Thrown when a newer release laid out the stored books. */
export class StoreVersionError extends AitokenError {
  override readonly name = 'StoreVersionError'

  /** Version of the layout that was found. */
  readonly found: number

  /** Newest version that this release reads. */
  readonly supported: number

  constructor({ found, supported }: { found: number; supported: number }) {
    super(`The stored books have layout ${found}, but this release reads up to ${supported}.`, {
      hints: ['Run the release that wrote them, or a newer one.'],
    })
    this.found = found
    this.supported = supported
  }
}
