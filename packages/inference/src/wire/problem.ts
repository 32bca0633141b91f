import type { AitokenError } from '@aitoken/core/errors'

import type { ProblemDocument } from './problemFields.js'

/** Media type of problem documents (RFC 9457). */
export const problemMediaType = 'application/problem+json'

/** How one error class travels: as which status, with which values, and how it is made again. */
export type Problem<error extends AitokenError = AitokenError> = {
  /** Makes the error again from what arrived. */
  read(problem: ProblemDocument): error
  /** The HTTP status. */
  status: number
  /** The short name at the end of the problem's type. */
  type: string
  /** The error's values, for the document. */
  write?(error: error): Readonly<Record<string, unknown>>
}
