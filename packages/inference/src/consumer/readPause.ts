/**
 * When a channel may be known whose opening is confirmed, in milliseconds: the provider's node may be a block behind,
 * and is not asked again for a second.
 */
export const lagOfNode = 1_000

/** The longest that a provider may ask a consumer to wait, in milliseconds. */
const longest = 5_000

/**
 * Reads when a provider that cannot serve now wants to be asked again.
 *
 * @param response - What it answered.
 * @param now - Unix time in milliseconds.
 * @returns How long to wait, in milliseconds, a few seconds at most; undefined when asking again would not help.
 */
export function readPause({ headers, status }: Response, now: number): number | undefined {
  const header = headers.get('retry-after')
  if (status !== 503 || header === null) return undefined
  const pause = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  // What is neither seconds nor a date says no more than to come back.
  return Number.isNaN(pause) ? 0 : Math.min(Math.max(pause, 0), longest)
}
