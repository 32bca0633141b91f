/**
 * Buys model calls: a `fetch` that pays for each token as it streams and checks the bill.
 *
 * @module @aitoken/inference/consumer
 */

export type { Archive, ArchiveEntry } from '../archive/archive.js'
export { createMemoryArchive } from '../archive/createMemoryArchive.js'
export { ArchiveDamagedError } from '../archive/errors.js'
export type { ChannelRecord } from '../books/channelRecord.js'
export { privateKeyToSigner, type Signer } from '../signature/privateKeyToSigner.js'
export type {
  ConsumerAlarm,
  ConsumerWatchOptions,
  ConsumerWatchReport,
  ConsumerWatchtower,
} from '../watchtower/consumerWatchtower.js'
export { CaptureExceedsBillsError } from '../watchtower/errors.js'
export type { Budget } from './budget.js'
export type { ClosedAccount } from './closeAccount.js'
export type { Fetch } from './context.js'
export { type Consumer, createConsumer } from './createConsumer.js'
export type { RegistryOptions } from './createResolver.js'
export {
  AnswerTooLargeError,
  BudgetExceededError,
  ChannelNotOpenError,
  ChannelTakenError,
  ConsumerOptionError,
  DepositExceededError,
  ProviderNotAllowedError,
  StreamUnpaidError,
  UnansweredChargesError,
} from './errors.js'
export type { Lane } from './lanes.js'
export { type PriceRaise, PriceRaisedError, QuoteMismatchError } from './quoteErrors.js'
export {
  ProviderBondError,
  ProviderConvictedError,
  ProviderEndpointError,
  ProviderPayeeError,
  ProviderSignerError,
  type RegistrationMismatch,
} from './registrationErrors.js'
