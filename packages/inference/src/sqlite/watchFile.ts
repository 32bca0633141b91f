import type { Hex } from 'viem'

import type { Tables } from './tables.js'

/** How often the file is looked at while somebody listens, in milliseconds: SQLite cannot call. */
const interval = 50

/** News of what other connections commit. */
export type News = {
  /** Calls with every channel whose book may have changed; returns what ends it. */
  listen(onChange: (channelId: Hex) => void): () => void
  /** Ends it for everybody. */
  stop(): void
}

/**
 * Creates the news of one database.
 *
 * @param tables - Its statements.
 * @returns The news, which cost nothing while nobody listens.
 */
export function watchFile(tables: Tables): News {
  const listeners = new Set<(channelId: Hex) => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  let heard = 0
  let version = 0

  /** What was committed since the last look. When the file cannot be read, the next look tells. */
  const readChanged = () => {
    try {
      const found = tables.dataVersion()
      const changed = found === version ? [] : tables.listChanged(heard)
      version = found
      return changed
    } catch {
      version = -1
      return []
    }
  }

  const look = () => {
    for (const { channel_id: channelId, revision } of readChanged()) {
      heard = Math.max(heard, revision)
      for (const listener of listeners) listener(channelId)
    }
  }

  const stop = () => {
    clearInterval(timer)
    timer = undefined
    listeners.clear()
  }

  return {
    listen(onChange) {
      // Each call listens for itself, also with a function that listens already.
      const listener = (channelId: Hex) => onChange(channelId)
      if (!timer) {
        version = tables.dataVersion()
        heard = tables.revision()
        timer = setInterval(look, interval)
        timer.unref()
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) stop()
      }
    },
    stop,
  }
}
