/**
 * Sells model calls: an OpenAI-compatible gateway whose every call is paid.
 *
 * @module @aitoken/inference/provider
 */

export type { JournalOptions } from '../journal/readJournal.js'
export { PolicyUnavailableError, RequestForbiddenError } from '../policy/errors.js'
export type { PolicyDecision, PolicyRequest, RequestPolicy } from '../policy/requestPolicy.js'
export { createMemoryStore } from '../store/createMemoryStore.js'
export type { LedgerStore, StoredAnswer, Transition } from '../store/store.js'
export { createOpenaiUpstream, UpstreamUrlError } from '../upstream/createOpenaiUpstream.js'
export type { Upstream } from '../upstream/upstream.js'
export type { Alarm } from '../watchtower/alarm.js'
export { NodeTimeoutError, SettlementSkippedError } from '../watchtower/errors.js'
export type { RecoveredLedgers, RecoverOptions } from '../watchtower/recoverLedgers.js'
export type { WatchOptions, WatchReport, Watchtower } from '../watchtower/watchtower.js'
export type { ClosedChannel } from './closeChannel.js'
export { createProvider } from './createProvider.js'
export { ProviderOptionError, UpstreamRefusedError } from './errors.js'
export type { FlushedProvider } from './flushProvider.js'
export type {
  BooksState,
  Log,
  Metrics,
  Observer,
  Outcome,
  ProviderState,
  RequestReport,
  TransactionReport,
} from './observer.js'
export type { Provider } from './provider.js'
export type { SettledChannels } from './settleChannels.js'
