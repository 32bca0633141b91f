import type { ChannelRecord } from './account.js'

/** Where a consumer keeps its channels between runs. Losing it costs nothing but a second channel. */
export type ChannelStore = {
  /** Reads a record; undefined when there is none. */
  load(key: string): Promise<ChannelRecord | undefined>
  /** Writes a record, durably before the promise resolves; undefined removes it. */
  save(key: string, record: ChannelRecord | undefined): Promise<void>
}

/** Creates a store that forgets everything when the process ends. */
export function createChannelMemory(): ChannelStore {
  const records = new Map<string, ChannelRecord>()
  return {
    load: async (key) => records.get(key),
    async save(key, record) {
      if (record) records.set(key, record)
      else records.delete(key)
    },
  }
}
