/** What a transaction leaves under its key and what it answers. */
export type ArchiveEntry<result> = {
  /** What {@link Archive.transact} answers. */
  result: result
  /** The new text; undefined removes the key. */
  text: string | undefined
}

/**
 * Where a consumer keeps what it must not forget: what it signed, what it was billed, its receipts. One primitive
 * over texts, so that an adapter to anything that can store a text safely is a few lines.
 */
export type Archive = {
  /** Gives back files and connections, after what was begun is done. */
  close(): Promise<void>
  /** Every key that begins so, with its text, in the order of the keys. */
  list(prefix: string): AsyncIterable<{ key: string; text: string }>
  /**
   * Changes the text under one key. `fn` sees the last committed text and nobody else changes it meanwhile; when
   * `fn` throws, or the write fails, nothing changed. The promise resolves after the write is durable. `fn` may run
   * more than once, so running it again must do no harm. When `fn` gives back the text it got, nothing needs writing.
   */
  transact<result>(key: string, fn: (text: string | undefined) => ArchiveEntry<result>): Promise<result>
}
