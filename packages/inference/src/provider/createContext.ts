import { addressOf } from '@aitoken/core/internal/deployment'

import { createQueue } from '../internal/createQueue.js'
import { readJournal } from '../journal/readJournal.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import type { ProviderContext } from './context.js'
import { createActivities } from './createActivities.js'
import { createHeartbeat } from './createHeartbeat.js'
import { createLooks } from './createLooks.js'
import { createPriceBook } from './createPriceBook.js'
import type { createProvider } from './createProvider.js'
import { createSignals } from './createSignals.js'
import { loadCryptography } from './loadCryptography.js'
import { logFailure } from './logRequest.js'
import { observeCryptography, observeStore } from './observeProvider.js'
import { readAccount, readModels, readOptions, readProviderId } from './readOptions.js'

/**
 * Puts together what the parts of a provider share.
 *
 * @param parameters - {@link createProvider.Parameters}
 * @returns It, with defaults.
 * @throws What {@link createProvider} throws.
 */
export function createContext(parameters: createProvider.Parameters): ProviderContext {
  const {
    client,
    log,
    metrics,
    now = Date.now,
    onError = () => undefined,
    policy,
    priceValidity = 86_400,
  } = parameters
  const { observer } = metrics ?? parameters
  const { maxFirstLooks, ...options } = readOptions(parameters)
  const account = readAccount(parameters)
  const models = readModels(parameters.models)
  const chainId = client.chain.id
  const channels = parameters.channels ?? addressOf(client, 'paymentChannels')
  const token = parameters.token ?? addressOf(client, 'aiToken')
  const payee = parameters.payee ?? account.address
  const { safetyMargin = 0n } = parameters
  const store = observeStore(parameters.store ?? createMemoryStore(), observer)
  const prices = [...models.values()].map(({ price }) => price)
  const validity = BigInt(priceValidity)
  const instance = crypto.randomUUID()
  const activities = createActivities({ log, observer })
  const tell = log ? (error: unknown) => [logFailure(log, error), onError(error)] : onError
  const context: ProviderContext = {
    ...options,
    account,
    activities,
    chainId,
    channels,
    client,
    cryptography: observeCryptography(loadCryptography({ chainId, channels }), observer),
    heartbeat: createHeartbeat({
      activities,
      now,
      onError: tell,
      store,
      ttl: options.timeouts.reservation,
    }),
    journal: readJournal({ account, domain: { chainId, channels }, now, options: parameters.journal ?? {} }),
    known: new Map(),
    looks: createLooks({ most: maxFirstLooks, now }),
    metrics,
    nextRequestId: () => `${instance}-${++requests}`,
    models,
    now,
    observer,
    onError: tell,
    payee,
    policy,
    priceBook: createPriceBook(account, {
      chainId,
      channels,
      models: prices,
      now,
      payee,
      policy,
      token,
      validity,
    }),
    providerId: readProviderId(parameters),
    safetyMargin,
    signals: createSignals((onChange) => store.watch(onChange)),
    store,
    submit: createQueue(),
    token,
    towers: new Set(),
  }
  let requests = 0
  return context
}
