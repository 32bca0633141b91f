import type { Address } from 'viem'
import * as z from 'zod/mini'

import { type GatewayConfig, limitNames, logLevels, type Secret, type Text } from './config.js'

/** Reads a configuration; each complaint is what the field should have been. */
export type ConfigReader = z.ZodMiniType<GatewayConfig>

/**
 * Creates what checks a configuration: strictly, for a name that is misspelt would silently change nothing.
 *
 * @returns The reader.
 */
export function createConfigReader(): ConfigReader {
  const flag = only('true or false', (value): value is boolean => typeof value === 'boolean')
  const name = only('a text', (value): value is string => typeof value === 'string' && value !== '')
  const whole = (least: number, most: number) =>
    only(
      `a whole number from ${least} to ${most}`,
      (value): value is number =>
        Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
    )
  const milliseconds = whole(1, 86_400_000)
  const amount = only(
    'a decimal token amount as a text, such as "0.2"',
    (value): value is string => typeof value === 'string' && /^\d{1,30}(\.\d{1,36})?$/.test(value),
  )
  const address = only(
    'an address: 0x and 40 hexadecimal digits',
    (value): value is Address => typeof value === 'string' && /^0x[\da-f]{40}$/i.test(value),
  )
  const secret = only('{ "env": "NAME" } or { "file": "path" }; secrets stand nowhere else', isSecret)
  const text = only('a text, or { "env": "NAME" } or { "file": "path" }', isText)
  const origins = only(
    'true, false, or a list of origins',
    (value): value is boolean | readonly string[] =>
      typeof value === 'boolean' ||
      (Array.isArray(value) && value.every((origin) => typeof origin === 'string')),
  )
  const level = only(`one of ${logLevels.join(', ')}`, (value): value is (typeof logLevels)[number] =>
    logLevels.some((known) => known === value),
  )

  const limitName = only(`one of ${limitNames.join(', ')}`, (value): value is (typeof limitNames)[number] =>
    limitNames.some((known) => known === value),
  )

  const price = object({
    cachedInput: z.optional(amount),
    input: amount,
    output: amount,
    reasoning: z.optional(amount),
    request: z.optional(amount),
  })
  const upstream = object({
    apiKey: z.optional(secret),
    continuousUsage: z.optional(flag),
    limitName: z.optional(limitName),
    model: z.optional(name),
    url: text,
  })
  const model = object({
    allowFields: z.optional(z.array(name)),
    id: name,
    maxOutputTokens: z.optional(whole(1, 10_000_000)),
    price,
    upstream,
  })
  const limits = object({
    channelTtl: z.optional(milliseconds),
    creditWindow: z.optional(amount),
    exitMargin: z.optional(whole(1, 31_536_000)),
    idleTimeout: z.optional(milliseconds),
    maxBodyBytes: z.optional(whole(1, 1_073_741_824)),
    maxFirstLooks: z.optional(whole(1, 10_000)),
    pauseTimeout: z.optional(milliseconds),
    priceValidity: z.optional(whole(60, 31_536_000)),
    reservationTtl: z.optional(milliseconds),
    safetyMargin: z.optional(amount),
    streamTimeout: z.optional(milliseconds),
    streamUnit: z.optional(amount),
    streamWindow: z.optional(whole(1, 1_000_000)),
    stuckTimeout: z.optional(milliseconds),
    upstreamTimeout: z.optional(milliseconds),
  })
  const journal = object({
    enabled: z.optional(flag),
    grace: z.optional(whole(0, 86_400_000)),
    maxAnswerBytes: z.optional(whole(1, 1_073_741_824)),
    ttl: z.optional(whole(1, 31_536_000_000)),
  })
  const watch = object({
    dust: z.optional(amount),
    enabled: z.optional(flag),
    interval: z.optional(milliseconds),
    maxAge: z.optional(whole(1, 31_536_000)),
    maxGasGwei: z.optional(amount),
    nativePrice: z.optional(amount),
    nodes: z.optional(z.array(text, 'a list of URLs of nodes')),
    settleAbove: z.optional(amount),
  })
  return object({
    account: z.optional(secret),
    chain: object({
      channels: z.optional(address),
      id: z.optional(whole(1, Number.MAX_SAFE_INTEGER)),
      pollingInterval: z.optional(milliseconds),
      rpc: only(
        'the URL of a node, or { "env": "NAME" } or { "file": "path" }; on the command line `--rpc`',
        isText,
      ),
      token: z.optional(address),
    }),
    cors: z.optional(origins),
    journal: z.optional(journal),
    limits: z.optional(limits),
    listen: z.optional(
      object({
        host: z.optional(name),
        maxConnections: z.optional(whole(1, 1_000_000)),
        port: z.optional(whole(0, 65_535)),
      }),
    ),
    log: z.optional(object({ level: z.optional(level) })),
    metrics: z.optional(
      object({ public: z.optional(flag), runtime: z.optional(flag), token: z.optional(secret) }),
    ),
    models: z
      .array(model, 'a list of models: `models`, or `--upstream`, `--model` and `--price`')
      .check(z.minLength(1, 'one model or more: `models`, or `--upstream`, `--model` and `--price`')),
    payee: z.optional(address),
    providerId: z.optional(whole(1, Number.MAX_SAFE_INTEGER)),
    shutdownNotice: z.optional(whole(0, 3_600_000)),
    shutdownTimeout: z.optional(whole(0, 3_600_000)),
    store: z.optional(text),
    watch: z.optional(watch),
  })
}

/** A value that a test accepts, and what to say when it does not. */
function only<value>(expected: string, test: (value: unknown) => value is value) {
  return z.custom<value>(test, expected)
}

function object<const shape extends z.core.$ZodLooseShape>(shape: shape) {
  return z.strictObject(shape, `an object of ${Object.keys(shape).join(', ')}`)
}

function isText(value: unknown): value is Text {
  return (typeof value === 'string' && value !== '') || isSecret(value)
}

function isSecret(value: unknown): value is Secret {
  if (typeof value !== 'object' || value === null) return false
  const [entry, ...more] = Object.entries(value)
  return (
    more.length === 0 &&
    (entry?.[0] === 'env' || entry?.[0] === 'file') &&
    typeof entry[1] === 'string' &&
    entry[1] !== ''
  )
}
