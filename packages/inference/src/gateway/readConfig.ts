import { readFile } from 'node:fs/promises'

import type { GatewayConfig } from './config.js'
import { createConfigReader } from './createConfigReader.js'
import { GatewayConfigError } from './errors.js'

/** What a configuration looks like before it is checked. */
export type RawConfig = { readonly [name: string]: unknown }

/**
 * Reads a gateway's configuration: a JSON file, and the flags that override it.
 *
 * @param parameters - The file's path, if there is one, and the flags in the shape of the file.
 * @returns The configuration.
 * @throws {@link GatewayConfigError} when something in it cannot work.
 */
export async function readConfig(parameters: {
  flags: RawConfig
  path: string | undefined
}): Promise<GatewayConfig> {
  const { flags, path } = parameters
  const file = path === undefined ? {} : await readJson(path)
  // A node is needed in any case, so it is what is missing rather than what it stands in.
  const raw = override({ chain: {}, ...file }, flags)
  const result = createConfigReader().safeParse(raw)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const at = issue?.path ?? []
  const expected = issue?.message ?? 'a configuration'
  if (issue?.code === 'unrecognized_keys') {
    const place = [...at, ...issue.keys.slice(0, 1)]
    throw new GatewayConfigError({ expected, field: nameField(place), hidden: true, value: find(raw, place) })
  }
  const hidden = at.some((key) => secrets.includes(String(key)))
  throw new GatewayConfigError({ expected, field: nameField(at), hidden, value: find(raw, at) })
}

/** Fields into which somebody may have put the secret itself. */
const secrets: readonly string[] = ['account', 'apiKey', 'metrics', 'rpc', 'store', 'url']

async function readJson(path: string): Promise<RawConfig> {
  const field = '--config'
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new GatewayConfigError({ cause, expected: 'a file that can be read', field, value: path })
  }
  try {
    const value: unknown = JSON.parse(text)
    if (isRecord(value)) return value
  } catch {
    // What the parser says quotes the file, in which somebody may have put a secret.
  }
  throw new GatewayConfigError({ expected: 'a file that holds one JSON object', field, value: path })
}

/** What the second says, over what the first says; neither lists nor places of secrets are mixed. */
function override(base: RawConfig, over: RawConfig): RawConfig {
  const merged: Record<string, unknown> = { ...base }
  for (const [name, value] of Object.entries(over)) {
    const held = merged[name]
    if (value === undefined) continue
    const mixes = isRecord(held) && isRecord(value) && !('file' in value)
    merged[name] = mixes ? override(held, value) : value
  }
  return merged
}

function isRecord(value: unknown): value is RawConfig {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function nameField(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, key) =>
      typeof key === 'number' ? `${name}[${key}]` : name ? `${name}.${String(key)}` : String(key),
    '',
  )
}

function find(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw
  for (const key of path)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  return value
}
