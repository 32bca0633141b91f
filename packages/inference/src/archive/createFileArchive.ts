import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'

import { createQueue } from '../internal/createQueue.js'
import { StoreClosedError } from '../store/errors.js'
import type { Archive } from './archive.js'
import { compareKeys } from './compareKeys.js'
import { ArchiveDamagedError, type ArchiveLockedError } from './errors.js'
import { codeOf, lockFolder } from './lockFolder.js'

/**
 * Creates an archive in a folder of plain files, for any Node. A change is written to a file of its own, flushed to
 * the disk and only then put into place, so a crash leaves the old text or the new one. One process at a time may
 * use the folder.
 *
 * @param parameters - {@link createFileArchive.Parameters}
 * @returns The archive; close it when the consumer has ended.
 * @throws {@link ArchiveLockedError} when another process, or this one, uses the folder.
 *
 * @example
 * ```ts
 * import { createFileArchive } from '@aitoken/inference/archive'
 *
 * const store = await createFileArchive({ path: './consumer' })
 * ```
 */
export async function createFileArchive({ path }: createFileArchive.Parameters): Promise<Archive> {
  await mkdir(path, { mode: 0o700, recursive: true })
  const lock = await lockFolder(path)
  // What a crash left half written was never put into place.
  for (const name of await readdir(path)) if (/^[\da-f]{64}\.tmp$/.test(name)) await unlink(join(path, name))
  const queue = createQueue()
  let closed = false

  return {
    async close() {
      if (closed) return
      closed = true
      await queue(() => lock.release())
    },
    async *list(prefix) {
      if (closed) throw new StoreClosedError()
      const entries: [string, string][] = []
      for (const name of await readdir(path)) {
        if (!/^[\da-f]{64}$/.test(name)) continue
        const entry = await read(join(path, name))
        if (entry?.[0].startsWith(prefix)) entries.push(entry)
      }
      for (const [key, text] of entries.sort(compareKeys)) yield { key, text }
    },
    async transact(key, fn) {
      if (closed) throw new StoreClosedError()
      return queue(async () => {
        const file = join(path, createHash('sha256').update(key).digest('hex'))
        const held = (await read(file))?.[1]
        const { result, text } = fn(held)
        if (text !== held) await replace(path, file, text === undefined ? undefined : toContent(key, text))
        return result
      })
    },
  }
}

export declare namespace createFileArchive {
  type Parameters = {
    /** The folder; it is created when there is none, readable by its owner alone. */
    path: string
  }
  type ErrorType = ArchiveLockedError
}

/** A file says its key in the first line, so that the folder can be listed. */
function toContent(key: string, text: string): string {
  return `${JSON.stringify(key)}\n${text}`
}

/** Reads a file's key and text; undefined when there is no such file. */
async function read(file: string): Promise<[string, string] | undefined> {
  let content: string
  try {
    content = await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
  const end = content.indexOf('\n')
  try {
    const key: unknown = JSON.parse(content.slice(0, end))
    if (end > 0 && typeof key === 'string') return [key, content.slice(end + 1)]
  } catch (cause) {
    throw new ArchiveDamagedError({ cause, key: file, reason: 'its first line is no key' })
  }
  throw new ArchiveDamagedError({ key: file, reason: 'its first line is no key' })
}

/** Puts a file's new content into place, durably; undefined removes it. */
async function replace(folder: string, file: string, content: string | undefined): Promise<void> {
  if (content === undefined) await unlink(file)
  else {
    const draft = `${file}.tmp`
    const handle = await open(draft, 'w', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  }
  // The folder's own entry must reach the disk, too; Windows has no way to ask for that, and needs none.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
