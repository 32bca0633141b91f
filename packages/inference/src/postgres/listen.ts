import type { Hex } from 'viem'

import { type PostgresPool, readRows } from './pool.js'
import type { Statements } from './statements.js'

/** How often the connection that listens is tried, in milliseconds: one that broke without a word hears nothing. */
const heartbeat = 15_000

/** How long the server may take to answer that, in milliseconds. */
const patience = 10_000

/** How long to wait before a connection that broke is made anew, in milliseconds. */
const pause = 500

/** What hears of changes by other processes. */
export type Ears = {
  /** Calls with every channel whose book may have changed; returns what ends it. */
  listen(onChange: (channelId: Hex) => void): () => void
  /** Ends it for everybody, and resolves when the connection was given back. */
  stop(): Promise<void>
}

/**
 * Creates what hears of changes by other processes. It takes one connection while anybody listens. When the
 * connection breaks it makes another, and then tells of every book that was written since the last sign of life.
 *
 * @param connect - Where the connection comes from.
 * @param statements - The statements.
 * @param instance - The name of this process, whose own changes are no news.
 * @returns It.
 */
export function createEars(
  connect: () => Promise<PostgresPool>,
  statements: Statements,
  instance: string,
): Ears {
  const listeners = new Set<(channelId: Hex) => void>()
  let ending: AbortController | undefined
  let running: Promise<void> | undefined

  const tell = (channelId: Hex) => {
    for (const listener of listeners) listener(channelId)
  }

  /** Listens on one connection until it breaks or nobody wants to hear; returns the server's time of its last word. */
  const hear = async (since: string | undefined, signal: AbortSignal): Promise<string | undefined> => {
    const client = await (await connect()).connect()
    const broken = new AbortController()
    const lost = () => broken.abort()
    const hearOne = ({ payload = '' }: { payload?: string | undefined }) => {
      const [by, channelId] = payload.split(' ')
      if (by !== instance && channelId) tell(`0x${channelId.slice(2)}`)
    }
    // Whoever only listens has nothing more to do.
    client.unref?.()
    client.on('error', lost)
    client.on('notification', hearOne)
    const stops = AbortSignal.any([broken.signal, signal])
    let last = since
    try {
      await client.query(statements.listen)
      const [changed] = readRows(await client.query(statements.changedSince(since)))
      for (const { channel_id: channelId } of changed ?? []) tell(`0x${channelId}`)
      while (!stops.aborted) {
        const asked = client.query(statements.time).then(readRows)
        const answer = await Promise.race([asked, waitFor(patience, stops)])
        if (!answer) break
        last = String(answer[0]?.[0]?.time)
        await waitFor(heartbeat, stops)
      }
      return last
    } finally {
      client.off('notification', hearOne)
      client.off('error', lost)
      // Not for others: it would go on listening.
      client.release(true)
    }
  }

  const run = async (signal: AbortSignal) => {
    let since: string | undefined
    while (!signal.aborted) {
      since = await hear(since, signal).catch(() => since)
      await waitFor(pause, signal)
    }
  }

  const stop = async () => {
    listeners.clear()
    ending?.abort()
    ending = undefined
    await running
  }

  return {
    listen(onChange) {
      // Each call listens for itself, also with a function that listens already.
      const listener = (channelId: Hex) => onChange(channelId)
      listeners.add(listener)
      if (!ending) {
        ending = new AbortController()
        const { signal } = ending
        const before = running
        running = (async () => {
          await before
          await run(signal)
        })()
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        ending?.abort()
        ending = undefined
      }
    },
    stop,
  }
}

/** Resolves after some milliseconds, or as soon as the signal aborts; it keeps no process alive. */
function waitFor(milliseconds: number, signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve(undefined)
    }
    const timer = setTimeout(end, milliseconds)
    if (typeof timer === 'object') timer.unref()
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}
