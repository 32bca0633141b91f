import { AccountMissingError } from '@aitoken/core/errors'
import { addressOf } from '@aitoken/core/internal/deployment'
import type { LocalAccount } from 'viem'

import { createMemoryArchive } from '../archive/createMemoryArchive.js'
import type { Bookkeeper } from '../books/createBookkeeper.js'
import { createSalt } from '../channel/createSalt.js'
import { createQueue } from '../internal/createQueue.js'
import { createNobleEngine } from '../signature/createNobleEngine.js'
import type { Signer } from '../signature/privateKeyToSigner.js'
import { checkAmounts, readBudget, toOrigin } from './budget.js'
import { type ConsumerContext, toBooksKey } from './context.js'
import type { createConsumer } from './createConsumer.js'
import { createResolver } from './createResolver.js'
import { createSender } from './createSender.js'
import { ConsumerOptionError } from './errors.js'
import type { Lane } from './lanes.js'

/** Reads a consumer's options into what its parts share. */
export function createContext(parameters: createConsumer.Parameters): ConsumerContext {
  const { budget, client, deposit, hiddenReasoning = false, now = Date.now, providers } = parameters
  const { account } = client
  // The types ask for one; JavaScript may bring none.
  if (!account) throw new AccountMissingError({ action: 'createConsumer' })
  const signer = parameters.signer ?? (account.type === 'local' ? account : undefined)
  if (!signer) {
    const expected = 'an account that can sign in this process'
    throw new ConsumerOptionError({ expected, option: 'signer', value: account.address })
  }
  checkAmounts({ deposit })
  const { name = 'default', session = 'default', receiptsKept = 1_000 } = parameters
  checkName('name', name)
  checkName('session', session)
  if (!Number.isSafeInteger(receiptsKept) || receiptsKept < 1)
    throw new ConsumerOptionError({
      expected: 'a whole number above 0',
      option: 'receiptsKept',
      value: receiptsKept,
    })
  const { backoff = waitWithJitter, retries = 2 } = parameters
  if (!Number.isSafeInteger(retries) || retries < 0)
    throw new ConsumerOptionError({ expected: 'a whole number', option: 'retries', value: retries })
  const { maxAnswerBytes = 16_777_216 } = parameters
  if (!Number.isSafeInteger(maxAnswerBytes) || maxAnswerBytes < 1)
    throw new ConsumerOptionError({
      expected: 'a whole number above 0',
      option: 'maxAnswerBytes',
      value: maxAnswerBytes,
    })
  const resolver = createResolver({ client, now }, parameters.registry)
  let books: Promise<Bookkeeper> | undefined
  const context: ConsumerContext = {
    acceptPrices: parameters.acceptPrices,
    accounts: new Map(),
    backoff,
    books: () => {
      books ??= keepBooks(context)
      return books
    },
    channels: parameters.channels ?? addressOf(client, 'paymentChannels'),
    client,
    countTokens: parameters.countTokens,
    deposit,
    engine: isFast(signer) ? signer.engine : createNobleEngine(),
    hiddenReasoning,
    holder: createSalt(),
    lane: readLane(parameters.lane),
    limits: readBudget(budget),
    maxAnswerBytes,
    name,
    now,
    opened: new Set(),
    past: { receipts: [], spent: 0n },
    queue: createQueue(),
    providers: providers && new Set(providers.map(toOrigin)),
    receiptsKept,
    retries,
    resolver,
    send: createSender(parameters.fetch ?? ((input, init) => fetch(input, init)), resolver),
    session,
    signer,
    store: parameters.store ?? createMemoryArchive(),
    token: parameters.token ?? addressOf(client, 'aiToken'),
  }
  return context
}

async function keepBooks(context: ConsumerContext): Promise<Bookkeeper> {
  const { createBookkeeper } = await import('../books/createBookkeeper.js')
  return createBookkeeper(context.store, toBooksKey(context))
}

function checkName(option: string, value: unknown): void {
  if (typeof value !== 'string' || value.length < 1 || value.length > 200)
    throw new ConsumerOptionError({ expected: 'a text of 1 to 200 characters', option, value })
}

/**
 * Waits as long as the provider asks for, and up to 250 ms more, twice as long each time: any time in between, so that
 * payers do not come back at once.
 */
function waitWithJitter(attempt: number, least: number): Promise<void> {
  const most = Math.min(250 * 2 ** (attempt - 1), 8_000)
  return new Promise((resolve) => setTimeout(resolve, least + Math.random() * most))
}

function readLane(lane: Lane = 'voucher'): Lane {
  if (lane === 'hash-chain' || lane === 'session' || lane === 'voucher') return lane
  const expected = "'hash-chain', 'session' or 'voucher'"
  throw new ConsumerOptionError({ expected, option: 'lane', value: lane })
}

/** Whether an account brings its own engine, as those of `privateKeyToSigner` do. */
function isFast(account: LocalAccount | Signer): account is Signer {
  return 'signDigest' in account
}
