/**
 * Buys model calls: a `fetch` that pays for each token as it streams and checks the bill.
 *
 * @module @aitoken/inference/consumer
 */

export { privateKeyToSigner, type Signer } from '../signature/privateKeyToSigner.js'
export type { Budget, ChannelRecord } from './account.js'
export type { ChannelStore } from './channelStore.js'
export type { ClosedAccount } from './closeAccount.js'
export type { Fetch } from './context.js'
export { type Consumer, createConsumer } from './createConsumer.js'
export {
  BudgetExceededError,
  ConsumerOptionError,
  DepositExceededError,
  ProviderNotAllowedError,
  QuoteMismatchError,
  StreamUnpaidError,
} from './errors.js'
