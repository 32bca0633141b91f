import type { Problem } from './problem.js'
import { readNumber, readText, readTexts } from './problemFields.js'
import {
  BodyInvalidError,
  BodyTooLargeError,
  BooksUnavailableError,
  ChainUnavailableError,
  ModelUnknownError,
  ProviderBusyError,
  ProviderDrainingError,
  ProviderFailedError,
  RouteUnknownError,
  UpstreamError,
  UpstreamTimeoutError,
} from './serviceErrors.js'

/** The errors about anything but payments that a provider answers with, by their name. */
export const serviceProblems = {
  BodyInvalidError: {
    read: (problem) => new BodyInvalidError({ reason: readText(problem, 'reason') }),
    status: 400,
    type: 'body-invalid',
    write: ({ reason }) => ({ reason }),
  } satisfies Problem<BodyInvalidError>,
  BodyTooLargeError: {
    read: (problem) => new BodyTooLargeError({ limit: readNumber(problem, 'limit') }),
    status: 413,
    type: 'body-too-large',
    write: ({ limit }) => ({ limit }),
  } satisfies Problem<BodyTooLargeError>,
  BooksUnavailableError: {
    read: () => new BooksUnavailableError(),
    status: 503,
    type: 'books-unavailable',
  } satisfies Problem<BooksUnavailableError>,
  ChainUnavailableError: {
    read: () => new ChainUnavailableError(),
    status: 503,
    type: 'chain-unavailable',
  } satisfies Problem<ChainUnavailableError>,
  ModelUnknownError: {
    read: (problem) =>
      new ModelUnknownError({ model: readText(problem, 'model'), models: readTexts(problem, 'models') }),
    status: 404,
    type: 'model-unknown',
    write: ({ model, models }) => ({ model: model.slice(0, 200), models }),
  } satisfies Problem<ModelUnknownError>,
  ProviderBusyError: {
    read: () => new ProviderBusyError(),
    status: 503,
    type: 'provider-busy',
  } satisfies Problem<ProviderBusyError>,
  ProviderDrainingError: {
    read: () => new ProviderDrainingError(),
    status: 503,
    type: 'provider-draining',
  } satisfies Problem<ProviderDrainingError>,
  ProviderFailedError: {
    read: () => new ProviderFailedError(),
    status: 500,
    type: 'provider-failed',
  } satisfies Problem<ProviderFailedError>,
  RouteUnknownError: {
    read: () => new RouteUnknownError(),
    status: 404,
    type: 'route-unknown',
  } satisfies Problem<RouteUnknownError>,
  UpstreamError: {
    read: () => new UpstreamError(),
    status: 502,
    type: 'upstream-failed',
  } satisfies Problem<UpstreamError>,
  UpstreamTimeoutError: {
    read: (problem) => new UpstreamTimeoutError({ timeout: readNumber(problem, 'timeout') }),
    status: 504,
    type: 'upstream-timeout',
    write: ({ timeout }) => ({ timeout }),
  } satisfies Problem<UpstreamTimeoutError>,
} as const
