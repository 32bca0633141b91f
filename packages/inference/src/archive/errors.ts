import { AitokenError } from '@aitoken/core/errors'

/** Thrown when an archive holds a text that no consumer wrote. */
export class ArchiveDamagedError extends AitokenError {
  override readonly name = 'ArchiveDamagedError'

  /** Where the text is. */
  readonly key: string

  constructor({ cause, key, reason }: ArchiveDamagedError.Options) {
    super(`What the store holds under \`${key}\` cannot be read: ${reason}.`, {
      cause,
      hints: [
        'Restore the newest copy, or remove the entry: what it promised can still be taken from the channel.',
      ],
    })
    this.key = key
  }
}

export declare namespace ArchiveDamagedError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** Where the text is. */
    key: string
    /** What is wrong with it. */
    reason: string
  }
}

/** Thrown when an archive of files is in use by another process, or opened twice by this one. */
export class ArchiveLockedError extends AitokenError {
  override readonly name = 'ArchiveLockedError'

  constructor({ holder, path }: { holder: string; path: string }) {
    super(`${path} is in use by ${holder}.`, {
      hints: [
        'One process at a time can use it; `createSqliteArchive` is for several.',
        'If that process is gone and was on another machine, delete the newest `lock.*` file.',
      ],
    })
  }
}
