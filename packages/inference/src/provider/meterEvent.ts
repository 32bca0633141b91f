/** What a stream has delivered so far. */
export type Meter = {
  /** Events with text since `reported` was read. */
  readonly deltas: number
  /** Whether the model said why it stopped. */
  readonly finished: boolean
  /** Output tokens by the last count that the upstream gave. */
  readonly reported: number
  /** The last event with counts. */
  readonly usageEvent: string | undefined
}

/** What to do with an event of the upstream's. */
export type EventKind = 'done' | 'model' | 'payment' | 'usage'

/** Output tokens delivered: what the upstream counted, and one for every event with text since. */
export function outputOf(meter: Meter): number {
  return meter.reported + meter.deltas
}

/**
 * Tells whether an upstream ignores its limit. A count of its own is taken at its word; events with text are not
 * quite tokens, so they get twice the room.
 */
export function isOverrun(
  meter: Meter,
  { maxOutput, window }: { maxOutput: number; window: number },
): boolean {
  return meter.reported > maxOutput || outputOf(meter) > 2 * maxOutput + window
}

/**
 * Counts an event. Only names are looked for: parsing each event as JSON would cost more than passing it on.
 *
 * @param meter - What was delivered before.
 * @param event - The event's text.
 * @returns What was delivered with it.
 */
export function meterEvent(meter: Meter, event: string): Meter {
  const finished = meter.finished || beginsWith(event, '"finish_reason":', '"')
  const counts = event.indexOf('"completion_tokens":')
  if (counts >= 0)
    return {
      deltas: 0,
      finished,
      reported: Math.max(meter.reported, readDigits(event, counts + 20)),
      usageEvent: event,
    }
  if (!hasText(event)) return finished === meter.finished ? meter : { ...meter, finished }
  return { ...meter, deltas: meter.deltas + 1, finished }
}

/** Tells apart the events that are not passed on as they are. */
export function classifyEvent(event: string): EventKind {
  if (event.startsWith(': ait ')) return 'payment'
  if (event.startsWith('data: [DONE]') || event.startsWith('data:[DONE]')) return 'done'
  return beginsWith(event, '"choices":', '[]') && event.includes('"completion_tokens":') ? 'usage' : 'model'
}

/** Whether a field's value begins so; JSON comes with a space after the colon, or without. */
function beginsWith(event: string, name: string, value: string): boolean {
  const at = event.indexOf(name)
  if (at < 0) return false
  const start = at + name.length
  return event.startsWith(value, event.charCodeAt(start) === 32 ? start + 1 : start)
}

/** Whether an event carries text of the model's: an answer, reasoning, or arguments of a tool. */
function hasText(event: string): boolean {
  for (const name of ['"content":', '"text":', '"reasoning_content":', '"reasoning":', '"arguments":']) {
    let at = event.indexOf(name)
    if (at < 0) continue
    at += name.length
    if (event.charCodeAt(at) === 32) at++
    if (event.charCodeAt(at) === 34 && event.charCodeAt(at + 1) !== 34) return true
  }
  return false
}

function readDigits(text: string, start: number): number {
  let at = start
  while (text.charCodeAt(at) === 32) at++
  let value = 0
  for (let code = text.charCodeAt(at); code >= 48 && code <= 57; code = text.charCodeAt(++at))
    value = value * 10 + code - 48
  // A count that is no count must not break the bill at the end.
  return Math.min(value, 2 ** 52)
}
