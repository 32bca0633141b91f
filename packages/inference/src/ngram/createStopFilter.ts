/**
 * Makes a filter that lets text through up to the first stop string. What may be the beginning of one is held
 * back until the text after it decides.
 *
 * @internal
 */
export function createStopFilter(stops: readonly string[]): (text: string, last: boolean) => Filtered {
  let held = ''
  return (text, last) => {
    held += text
    const found = stops.map((stop) => held.indexOf(stop)).filter((index) => index >= 0)
    if (found.length > 0) return { stopped: true, text: held.slice(0, Math.min(...found)) }

    const through = last ? held.length : held.length - longestBeginning(held, stops)
    const passed = held.slice(0, through)
    held = held.slice(through)
    return { stopped: false, text: passed }
  }
}

type Filtered = {
  /** Whether a stop string was reached. */
  stopped: boolean
  /** Text that is certainly before any stop string. */
  text: string
}

function longestBeginning(text: string, stops: readonly string[]): number {
  let longest = 0
  for (const stop of stops)
    for (let length = Math.min(stop.length - 1, text.length); length > longest; length--)
      if (stop.startsWith(text.slice(text.length - length))) longest = length
  return longest
}
