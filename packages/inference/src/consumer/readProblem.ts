import type { AitokenError } from '@aitoken/core/errors'

import { QuoteInvalidError } from '../wire/errors.js'
import { decodeProblem } from '../wire/problemDocument.js'
import { readDocument } from './readBody.js'

/**
 * Reads the error that a provider answered with.
 *
 * @param response - The response.
 * @param origin - The provider.
 * @returns The error, of the class that the provider threw.
 */
export async function readProblem(response: Response, origin: string): Promise<AitokenError> {
  const reason = `it answered ${response.status}`
  try {
    return (
      decodeProblem(JSON.parse(await readDocument(response, origin))) ??
      new QuoteInvalidError({ origin, reason })
    )
  } catch (cause) {
    return new QuoteInvalidError({ cause, origin, reason })
  }
}
