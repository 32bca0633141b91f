/** An hour from now, in seconds since 1970: long enough to submit, short enough to forget. */
export function inOneHour(): bigint {
  return BigInt(Math.floor(Date.now() / 1000) + 3600)
}
