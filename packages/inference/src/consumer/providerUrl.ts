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

/** Writes `aitoken://7/…` as the URL that stands for provider 7; other URLs stay as they are. */
export function spellProviderUrl(url: string): string {
  const [, id, rest = ''] = /^aitoken:\/\/([1-9]\d{0,77})([/?#].*)?$/.exec(url) ?? []
  return id === undefined ? url : `${toProviderUrl(BigInt(id))}${rest}`
}
