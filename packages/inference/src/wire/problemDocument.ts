import { AitokenError } from '@aitoken/core/errors'
import { journalProblems } from './journalProblems.js'
import { laneProblems } from './laneProblems.js'
import { paymentProblems } from './paymentProblems.js'
import { policyProblems } from './policyProblems.js'
import type { Problem } from './problem.js'
import type { ProblemDocument } from './problemFields.js'
import { ProviderFailedError } from './serviceErrors.js'
import { serviceProblems } from './serviceProblems.js'

const typePrefix = 'https://aitoken.dev/problems/'

/**
 * Writes an error as a problem document (RFC 9457). Errors that are not meant for the outside become
 * {@link ProviderFailedError}: neither a stack nor a cause ever leaves the process.
 *
 * @param error - What happened.
 * @returns The status, the JSON text of the document, and the short name at the end of its type.
 *
 * @example
 * ```ts
 * import { encodeProblem, PaymentRequiredError } from '@aitoken/inference'
 *
 * const { body, status } = encodeProblem(new PaymentRequiredError())
 * ```
 */
export function encodeProblem(error: unknown): { body: string; status: number; type: string } {
  const named = AitokenError.is(error) ? problemOf(error) : undefined
  const known = AitokenError.is(error) && named ? error : new ProviderFailedError()
  const { status, type, write }: Problem = named ?? serviceProblems.ProviderFailedError
  const [hint] = known.hints
  const body = JSON.stringify({
    ...write?.(known),
    detail: known.shortMessage,
    ...(hint ? { hint } : {}),
    status,
    title: titleOf(type),
    type: typePrefix + type,
  })
  return { body, status, type }
}

/**
 * Reads a problem document back into the error that the provider wrote.
 *
 * @param document - The parsed JSON.
 * @returns The error, of the same class; undefined when it is not one of ours.
 */
export function decodeProblem(document: unknown): AitokenError | undefined {
  if (!isDocument(document) || typeof document.type !== 'string') return undefined
  const { type } = document
  for (const rows of [paymentProblems, serviceProblems, journalProblems, laneProblems, policyProblems])
    for (const problem of Object.values<Problem>(rows))
      if (typePrefix + problem.type === type) return problem.read(document)
  return undefined
}

function isDocument(value: unknown): value is ProblemDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The row of an error that has one; its methods take that error's class because the key is its name. */
function problemOf(error: AitokenError): Problem | undefined {
  const rows: Readonly<Record<string, Problem>> = {
    ...paymentProblems,
    ...serviceProblems,
    ...journalProblems,
    ...laneProblems,
    ...policyProblems,
  }
  return Object.hasOwn(rows, error.name) ? rows[error.name] : undefined
}

function titleOf(type: string): string {
  const text = type.replaceAll('-', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
