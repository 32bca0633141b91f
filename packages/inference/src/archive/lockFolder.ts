import { open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

import { ArchiveLockedError } from './errors.js'

/** A folder that nobody else writes to until it is given back. */
export type FolderLock = {
  /** Gives the folder back. */
  release(): Promise<void>
}

/** What a lock file says while its folder belongs to nobody. */
const released = 'released'

/**
 * Locks a folder for this process. Locks are numbered files: the one with the highest number counts and is never
 * removed, so of those who find it void at the same time, one alone can create the next.
 *
 * @param path - The folder.
 * @returns The lock.
 * @throws {@link ArchiveLockedError} when a process that may be alive holds the folder.
 */
export async function lockFolder(path: string): Promise<FolderLock> {
  const highest = await findHighest(path)
  if (highest > 0) {
    const holder = await readFile(join(path, nameOf(highest)), 'utf8')
    if (!(await isVoid(holder))) throw new ArchiveLockedError({ holder: describe(holder), path })
  }
  const own = join(path, nameOf(highest + 1))
  try {
    const file = await open(own, 'wx', 0o600)
    await file.writeFile(`${hostname()} ${process.pid} ${await readStart(process.pid)}`)
    await file.close()
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    throw new ArchiveLockedError({ holder: 'another process', path })
  }
  // Whoever looked long ago may create a number that others have left behind.
  if ((await findHighest(path)) !== highest + 1) {
    await unlink(own)
    throw new ArchiveLockedError({ holder: 'another process', path })
  }
  for (const number of await listNumbers(path))
    if (number <= highest) await unlink(join(path, nameOf(number)))
  return {
    async release() {
      const note = `${own}.tmp`
      const file = await open(note, 'w', 0o600)
      await file.writeFile(released)
      await file.close()
      await rename(note, own)
    },
  }
}

const nameOf = (number: number) => `lock.${number}`

async function listNumbers(path: string): Promise<number[]> {
  const names = await readdir(path)
  return names.flatMap((name) => (/^lock\.\d+$/.test(name) ? [Number(name.slice(5))] : []))
}

async function findHighest(path: string): Promise<number> {
  return Math.max(0, ...(await listNumbers(path)))
}

/** Whether whoever wrote a lock gave it back or is certainly gone. */
async function isVoid(holder: string): Promise<boolean> {
  if (holder === released) return true
  const [host, pid = '', start] = holder.split(' ')
  // Nobody can tell from here whether a process of another machine is alive.
  if (host !== hostname() || !/^[1-9]\d*$/.test(pid)) return false
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    return codeOf(error) === 'ESRCH'
  }
  // Another process may have got the number since; after a restart of a container it always has.
  return start !== (await readStart(Number(pid)))
}

/** When a process started, where the system says so; empty elsewhere. */
async function readStart(pid: number): Promise<string> {
  if (process.platform !== 'linux') return ''
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything; the start is the 20th field after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'gone'
    throw error
  }
}

function describe(holder: string): string {
  const [host, pid] = holder.split(' ')
  return pid ? `process ${pid} on ${host}` : 'a process that is just starting'
}

/** The code of a system error; undefined for others. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
