/** Headers that carry keys for somebody else's API. */
const secrets = [
  'api-key',
  'authorization',
  'cookie',
  'openai-organization',
  'openai-project',
  'proxy-authorization',
  'x-api-key',
  'x-goog-api-key',
]

/**
 * Leaves out what clients send to prove who they are to an API: it is none of a provider's business.
 *
 * @param input - What `fetch` was given, or only the headers.
 * @param init - What `fetch` was given besides; its headers take the place of the first ones.
 * @returns The headers without them.
 */
export function stripSecrets(
  input: Pick<Request, 'headers'> | URL | string,
  init?: RequestInit | undefined,
): Headers {
  const stripped = new Headers(
    init?.headers ?? (typeof input === 'object' && 'headers' in input ? input.headers : {}),
  )
  for (const name of secrets) stripped.delete(name)
  return stripped
}
