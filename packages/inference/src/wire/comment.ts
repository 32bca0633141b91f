/** What a provider says about payment inside a stream, in lines that every SSE client skips. */
export type PaymentComment = {
  /** Total that the payer has authorized, in base units. */
  authorized?: bigint | undefined
  /** Why the stream ends before the model did. */
  end?: string | undefined
  /** Cumulative amount of the voucher that keeps the stream going, in base units. */
  need?: bigint | undefined
  /** Whether the stream stands still until the voucher arrives. */
  paused?: boolean | undefined
  /** The signed receipt, see `decodeReceipt`. */
  receipt?: string | undefined
  /** Total charged before this request, in base units. */
  spent?: bigint | undefined
}

/** How a payment line begins. A model cannot write one: in its strings, line breaks are escaped. */
const marker = ': ait '

/** Longest payment line in bytes; what goes on for longer is none, and nothing is held back for it. */
const longest = 65_536

/**
 * Writes a payment comment as an SSE block of its own.
 *
 * @param comment - What to say.
 * @returns The line and the empty line after it.
 */
export function encodeComment(comment: PaymentComment): string {
  const fields = Object.entries(comment).filter(([, value]) => value !== undefined)
  return `${marker}${fields.map(([name, value]) => `${name}=${value}`).join(' ')}\n\n`
}

/** Reads the text after the marker; what it does not know, it skips. */
function decodeComment(text: string): PaymentComment {
  const fields = new Map<string, string>()
  for (const field of text.split(' ')) {
    const equals = field.indexOf('=')
    if (equals > 0) fields.set(field.slice(0, equals), field.slice(equals + 1))
  }
  const amount = (name: string) => {
    const digits = fields.get(name)
    return digits && /^\d{1,39}$/.test(digits) ? BigInt(digits) : undefined
  }
  return {
    authorized: amount('authorized'),
    end: fields.get('end'),
    need: amount('need'),
    paused: fields.get('paused') === 'true' ? true : undefined,
    receipt: fields.get('receipt'),
    spent: amount('spent'),
  }
}

/** Takes payment comments out of a stream's bytes. */
export type CommentSplitter = {
  /** What is left when the stream ends. */
  flush(): Uint8Array
  /** Takes the next bytes; returns those of the model, untouched, and the comments between them. */
  split(chunk: Uint8Array): { bytes: Uint8Array; comments: readonly PaymentComment[] }
}

/**
 * Creates a splitter, which works at any chunking and holds back nothing but the beginning of a payment line.
 *
 * @returns The splitter.
 */
export function createCommentSplitter(): CommentSplitter {
  let held: Uint8Array = new Uint8Array(0)
  let atLineStart = true
  return {
    flush() {
      const rest = held
      held = new Uint8Array(0)
      return rest
    },
    split(chunk) {
      const data = held.length > 0 ? join([held, chunk]) : chunk
      const comments: PaymentComment[] = []
      const parts: Uint8Array[] = []
      let kept = 0
      let at = 0
      held = new Uint8Array(0)
      while (at < data.length) {
        if (atLineStart) {
          const matched = matchMarker(data, at)
          const end = matched === marker.length ? data.indexOf(10, at) : -1
          if (matched > 0 && (end < 0 ? data.length : end) - at <= longest) {
            // Whether the empty line follows is known only when one more byte is here.
            if (matched < marker.length || end < 0 || end + 1 === data.length) {
              held = data.slice(at)
              break
            }
            parts.push(data.subarray(kept, at))
            comments.push(decodeComment(new TextDecoder().decode(data.subarray(at + marker.length, end))))
            at = data[end + 1] === 10 ? end + 2 : end + 1
            kept = at
            continue
          }
        }
        const next = data.indexOf(10, at)
        atLineStart = next >= 0
        at = atLineStart ? next + 1 : data.length
      }
      const until = data.length - held.length
      if (parts.length === 0 && until === data.length) return { bytes: data, comments }
      parts.push(data.subarray(kept, until))
      return { bytes: join(parts), comments }
    },
  }
}

/** How many bytes of the marker stand here: all, some at the end of the data, or 0 when it is another line. */
function matchMarker(data: Uint8Array, at: number): number {
  const length = Math.min(marker.length, data.length - at)
  for (let index = 0; index < length; index++) if (data[at + index] !== marker.charCodeAt(index)) return 0
  return length
}

/** Puts byte arrays one after the other. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts
  if (first && parts.length === 1) return first
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
