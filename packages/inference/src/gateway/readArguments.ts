import { parseArgs } from 'node:util'

import { GatewayConfigError } from './errors.js'
import type { RawConfig } from './readConfig.js'

/** What the command line asks for. */
export type Arguments =
  | { readonly command: 'help' }
  | { readonly command: 'version' }
  | {
      readonly command: 'serve'
      readonly config: string | undefined
      /** The flags, in the shape of the configuration file. */
      readonly flags: RawConfig
      readonly json: boolean
    }

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

const options = {
  chain: text,
  channels: text,
  config: text,
  help: { ...flag, short: 'h' },
  host: text,
  json: flag,
  'key-file': text,
  'log-level': text,
  'max-output-tokens': text,
  metrics: flag,
  model: text,
  payee: text,
  port: text,
  price: text,
  rpc: text,
  'shutdown-notice': text,
  'shutdown-timeout': text,
  store: text,
  token: text,
  upstream: text,
  'upstream-key-env': text,
  'upstream-model': text,
  version: { ...flag, short: 'v' },
} as const

/**
 * Reads the command line.
 *
 * @param argv - What follows the program's name.
 * @returns What is asked for.
 * @throws {@link GatewayConfigError} when a flag or a command is unknown.
 */
export function readArguments(argv: readonly string[]): Arguments {
  const { positionals, values } = parse(argv)
  const [command, stray] = positionals
  if (values.help || command === 'help' || (command === undefined && argv.length === 0))
    return { command: 'help' }
  if (values.version) return { command: 'version' }
  if (command !== 'serve') {
    const expected = '`serve`; see `aitoken-inference --help`'
    throw new GatewayConfigError({ expected, field: 'command', value: command })
  }
  if (stray !== undefined)
    throw new GatewayConfigError({
      expected: 'nothing after `serve` but flags',
      field: 'serve',
      // It may be a key.
      hidden: true,
      value: stray,
    })
  const { host, payee, rpc, store, token } = values
  const flags: RawConfig = {
    account: values['key-file'] === undefined ? undefined : { file: values['key-file'] },
    chain: clean({ channels: values.channels, id: toNumber(values.chain), rpc, token }),
    listen: clean({ host, port: toNumber(values.port) }),
    log: clean({ level: values['log-level'] }),
    metrics: clean({ public: values.metrics }),
    models: readModel(values),
    payee,
    shutdownNotice: toNumber(values['shutdown-notice']),
    shutdownTimeout: toNumber(values['shutdown-timeout']),
    store,
  }
  return { command, config: values.config, flags, json: values.json ?? false }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ allowPositionals: true, args: [...argv], options, strict: true })
  } catch (cause) {
    // Its message names the flag, and nothing that was given to it.
    const reason = cause instanceof Error ? cause.message.split('. ')[0] : undefined
    const expected = 'the flags that `aitoken-inference --help` lists'
    throw new GatewayConfigError({ cause, expected, field: 'command line', value: reason })
  }
}

function readModel(values: ReturnType<typeof parse>['values']): unknown {
  const { model: id, price, upstream: url } = values
  const [key, model] = [values['upstream-key-env'], values['upstream-model']]
  const maxOutputTokens = toNumber(values['max-output-tokens'])
  const given = { id, maxOutputTokens, price: price === undefined ? undefined : readPrice(price) }
  const upstream = clean({ apiKey: key === undefined ? undefined : { env: key }, model, url })
  const whole = clean({ ...given, upstream })
  return whole === undefined ? undefined : [{ upstream: {}, ...whole }]
}

/** `input=0.2,output=0.6`, as the file has it. */
function readPrice(price: string): RawConfig {
  const entries = price.split(',').map((part) => {
    const [name = '', amount, ...rest] = part.split('=')
    if (amount !== undefined && rest.length === 0) return [name.trim(), amount.trim()] as const
    const expected = 'amounts by name, such as `input=0.2,output=0.6`'
    throw new GatewayConfigError({ expected, field: '--price', value: price })
  })
  return Object.fromEntries(entries)
}

/** A number; what is none stays a text, for the check of the configuration to name. */
function toNumber(value: string | undefined): number | string | undefined {
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : value
}

/** Leaves out what was not given; undefined when nothing was. */
function clean(record: RawConfig): RawConfig | undefined {
  const given = Object.entries(record).filter(([, value]) => value !== undefined)
  return given.length > 0 ? Object.fromEntries(given) : undefined
}
