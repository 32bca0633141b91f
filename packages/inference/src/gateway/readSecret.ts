import { readFile, stat } from 'node:fs/promises'

import type { Secret, Text } from './config.js'
import { GatewayConfigError } from './errors.js'

/** The variables of the environment. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads a secret from where it stands.
 *
 * @param secret - Where it stands.
 * @param parameters - The environment, and the field that names the secret.
 * @returns The secret, without the line break that editors leave.
 * @throws {@link GatewayConfigError} when it is not there, or others than its owner can read it.
 */
export async function readSecret(
  secret: Secret,
  { env, field }: { env: Environment; field: string },
): Promise<string> {
  if ('env' in secret) {
    const value = env[secret.env]?.trim()
    if (value) return value
    const expected = `a value in the environment variable ${secret.env}`
    throw new GatewayConfigError({ expected, field, value: undefined })
  }
  const { file } = secret
  try {
    const { mode } = await stat(file)
    // Windows keeps who may read a file elsewhere.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      const expected = `a file that only its owner can read: chmod 600 ${file}`
      throw new GatewayConfigError({ expected, field, value: secret })
    }
    const text = (await readFile(file, 'utf8')).trim()
    if (text) return text
  } catch (cause) {
    if (cause instanceof GatewayConfigError) throw cause
    throw new GatewayConfigError({ cause, expected: 'a file that can be read', field, value: secret })
  }
  throw new GatewayConfigError({ expected: 'a file with the secret in it', field, value: secret })
}

/**
 * Reads a text that may be a secret.
 *
 * @param text - The text, or where it stands.
 * @param parameters - The environment, and the field.
 * @returns The text.
 * @throws {@link GatewayConfigError} when it is not there.
 */
export async function readText(text: Text, parameters: { env: Environment; field: string }): Promise<string> {
  return typeof text === 'string' ? text : readSecret(text, parameters)
}
