/** Sees how long streams stand still for want of a payment. */
export type StallWatch = {
  /** Sends requests as the platform's does, and looks at what comes back. */
  fetch(input: Request | URL | string, init?: RequestInit): Promise<Response>
  /** Milliseconds for which streams stood still so far. */
  millis(): number
}

/** Creates a watch, which stands between a consumer and its provider: what it looks for is not for the reader. */
export function createStallWatch(): StallWatch {
  let millis = 0
  const watch = () => {
    const decoder = new TextDecoder()
    let since: number | undefined
    return new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        const text = decoder.decode(bytes)
        const now = performance.now()
        if (since !== undefined && text.includes('data:')) {
          millis += now - since
          since = undefined
        }
        if (/^: ait .*paused=true/m.test(text)) since ??= now
        controller.enqueue(bytes)
      },
    })
  }
  return {
    async fetch(input, init) {
      const response = await fetch(input, init)
      const { body, headers, status } = response
      if (!body || !headers.get('content-type')?.startsWith('text/event-stream')) return response
      return new Response(body.pipeThrough(watch()), { headers, status })
    },
    millis: () => millis,
  }
}
