import { estimateTokens } from '../price/estimateTokens.js'

/** What a stream has delivered so far. */
export type Meter = {
  /** Bytes of text since `reported` was raised. */
  readonly bytes: number
  /** Whether no text followed the last event with counts. */
  readonly current: boolean
  /** Events with text since `reported` was raised. */
  readonly deltas: number
  /** All events with text. */
  readonly events: number
  /** Whether the model said why it stopped. */
  readonly finished: boolean
  /** The most output tokens that the upstream has counted. */
  readonly reported: number
  /** The last event with counts. */
  readonly usageEvent: string | undefined
}

/** What a stream has delivered at its beginning. */
export function createMeter(): Meter {
  return {
    bytes: 0,
    current: false,
    deltas: 0,
    events: 0,
    finished: false,
    reported: 0,
    usageEvent: undefined,
  }
}

/** What to do with an event of the upstream's. */
export type EventKind = 'done' | 'model' | 'usage'

/**
 * Output tokens delivered: what the upstream counted and, since then, one for every event with text, or more where
 * events hold more. Some servers write zeros until the end, so a count can only raise it.
 */
export function outputOf({ bytes, deltas, events, reported }: Meter): number {
  return Math.max(events, reported + Math.max(deltas, estimateTokens(bytes)))
}

/**
 * Tells whether an upstream ignores its limit. A count of its own is taken at its word; events with text are not
 * quite tokens, so they get twice the room.
 */
export function isOverrun({ deltas, events, reported }: Meter, maxOutput: number): boolean {
  return reported > maxOutput || Math.max(events, reported + deltas) > 2 * maxOutput + 8
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
  const text = measureEvent(event)
  const reported = readCount(event, '"completion_tokens":')
  const counts = reported > 0 || (reported === 0 && readCount(event, '"prompt_tokens":') > 0)
  if (!counts && text === 0) return finished === meter.finished ? meter : { ...meter, finished }
  const raised = reported > meter.reported
  const delta = text > 0 ? 1 : 0
  return {
    bytes: raised ? 0 : meter.bytes + text,
    current: counts || (meter.current && delta === 0),
    deltas: raised ? 0 : meter.deltas + delta,
    events: meter.events + delta,
    finished,
    reported: raised ? reported : meter.reported,
    usageEvent: counts ? event : meter.usageEvent,
  }
}

/** Tells apart the events that are not passed on as they are. */
export function classifyEvent(event: string): EventKind {
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

/** Bytes of the model's text in an answer or an event: an answer, reasoning, or arguments of a tool. */
export function measureEvent(event: string): number {
  for (const name of ['"content":', '"text":', '"reasoning_content":', '"reasoning":', '"arguments":']) {
    let bytes = 0
    for (let at = event.indexOf(name); at >= 0; at = event.indexOf(name, at)) {
      at += name.length
      if (event.charCodeAt(at) === 32) at++
      if (event.charCodeAt(at) === 34) bytes += measureString(event, at + 1)
    }
    // The same text may stand there by another name, too.
    if (bytes > 0) return bytes
  }
  return 0
}

/** Bytes of the JSON string that begins here, in UTF-8; never more than it has. */
function measureString(text: string, start: number): number {
  let bytes = 0
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 34) return bytes
    if (code === 92) {
      bytes++
      at += text.charCodeAt(at + 1) === 117 ? 5 : 1
    } else if (code < 128) bytes++
    else bytes += code < 2048 || (code >= 0xd800 && code < 0xe000) ? 2 : 3
  }
  return bytes
}

/** The count by this name; -1 when there is none. */
function readCount(text: string, name: string): number {
  const start = text.indexOf(name)
  if (start < 0) return -1
  let at = start + name.length
  while (text.charCodeAt(at) === 32) at++
  const first = at
  let value = 0
  for (let code = text.charCodeAt(at); code >= 48 && code <= 57; code = text.charCodeAt(++at))
    value = value * 10 + code - 48
  // Fractions and powers of ten are no counts, and must not break the bill at the end.
  const whole = at > first && ![43, 45, 46, 69, 101].includes(text.charCodeAt(at))
  return whole && Number.isSafeInteger(value) ? value : -1
}
