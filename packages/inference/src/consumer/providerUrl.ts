/** What stands for registered providers. A name under `.invalid` never resolves (RFC 2606): nobody can be it. */
const zone = '.aitoken.invalid'

/**
 * The URL that stands for a registered provider: a consumer sends what goes there to where the provider is.
 *
 * @param id - The provider.
 * @returns The URL, an origin.
 */
export function toProviderUrl(id: bigint): string {
  return `https://${id}${zone}`
}

/** The id of the provider that a URL stands for; undefined when it is an ordinary one. */
export function parseProviderUrl(url: string): bigint | undefined {
  if (!url.includes(zone) || !URL.canParse(url)) return undefined
  const { host, protocol } = new URL(url)
  const id = host.endsWith(zone) ? host.slice(0, -zone.length) : ''
  return protocol === 'https:' && /^[1-9]\d{0,77}$/.test(id) ? BigInt(id) : undefined
}

/** What `fetch` was given, with `aitoken://7/…` written as the URL that stands for provider 7. */
export async function spellTarget(input: Request | URL | string): Promise<Request | URL> {
  if (!(input instanceof Request)) return new URL(spellProviderUrl(`${input}`))
  const url = spellProviderUrl(input.url)
  if (url === input.url) return input
  const { headers, method, signal } = input
  // Not every browser gives a request's body to another request.
  const body = method === 'GET' || method === 'HEAD' ? null : await input.arrayBuffer()
  return new Request(url, { body, headers, method, signal })
}

/** Writes `aitoken://7/…` as the URL that stands for provider 7; other URLs stay as they are. */
export function spellProviderUrl(url: string): string {
  const [, id, rest = ''] = /^aitoken:\/\/([1-9]\d{0,77})([/?#].*)?$/i.exec(url) ?? []
  return id === undefined ? url : `${toProviderUrl(BigInt(id))}${rest}`
}
