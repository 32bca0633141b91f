import {
  AnswerGoneError,
  IdempotencyConflictError,
  IdempotencyKeyError,
  RequestInFlightError,
} from '../journal/errors.js'
import type { Problem } from './problem.js'
import { readNumber, readText } from './problemFields.js'

/** The errors about repeated requests that a provider answers with, by their name. */
export const journalProblems = {
  AnswerGoneError: {
    read: (problem) => {
      const loss = readText(problem, 'loss')
      return new AnswerGoneError({ loss: loss === 'abandoned' || loss === 'cut' ? loss : 'too-large' })
    },
    status: 410,
    type: 'answer-gone',
    write: ({ loss }) => ({ loss }),
  } satisfies Problem<AnswerGoneError>,
  IdempotencyConflictError: {
    read: () => new IdempotencyConflictError(),
    status: 422,
    type: 'idempotency-conflict',
  } satisfies Problem<IdempotencyConflictError>,
  IdempotencyKeyError: {
    read: () => new IdempotencyKeyError(),
    status: 400,
    type: 'idempotency-key',
  } satisfies Problem<IdempotencyKeyError>,
  RequestInFlightError: {
    read: (problem) => new RequestInFlightError({ retryAfter: readNumber(problem, 'retryAfter') }),
    status: 409,
    type: 'request-in-flight',
    write: ({ retryAfter }) => ({ retryAfter }),
  } satisfies Problem<RequestInFlightError>,
} as const
