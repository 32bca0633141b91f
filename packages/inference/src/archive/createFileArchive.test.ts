import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testArchive } from '~test/archiveConformance.js'
import { spawnArchive } from '~test/spawnArchive.js'

import type { Archive } from './archive.js'
import { createFileArchive } from './createFileArchive.js'
import { ArchiveDamagedError, ArchiveLockedError } from './errors.js'

let folder = ''
const opened: Archive[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aitoken-archive-'))
})
afterEach(async () => {
  for (const archive of opened.splice(0)) await archive.close()
  await rm(folder, { force: true, recursive: true })
})

const open = async () => {
  const archive = await createFileArchive({ path: folder })
  opened.push(archive)
  return archive
}
const read = (archive: Archive, key: string) => archive.transact(key, (text) => ({ result: text, text }))
const put = (archive: Archive, key: string, text: string) =>
  archive.transact(key, () => ({ result: undefined, text }))

testArchive(async () => ({ archive: await open(), restart: open }))

test('behavior: a process that is killed in the middle of writing loses nothing that it was told', async () => {
  for (let round = 0; round < 3; round++) {
    const counter = spawnArchive('file', folder)
    await counter.said(5 + 7 * round)
    const last = await counter.kill()
    // Its lock is void with it.
    const archive = await open()
    const count = Number(await read(archive, 'count'))
    expect(count).toBeGreaterThanOrEqual(last)
    expect(count).toBeLessThanOrEqual(last + 64)
    await archive.close()
  }
})

test('behavior: only its owner reads it', async () => {
  const path = join(folder, 'new', 'deep')
  const archive = await createFileArchive({ path })
  await put(archive, 'a', 'one')
  expect((await stat(path)).mode & 0o777).toBe(0o700)
  for (const name of await readdir(path)) expect((await stat(join(path, name))).mode & 0o777).toBe(0o600)
  await archive.close()
})

test('error: ArchiveLockedError', async () => {
  const archive = await open()
  await expect(open()).rejects.toBeInstanceOf(ArchiveLockedError)
  await archive.close()
  const counter = spawnArchive('file', folder)
  await counter.said(1)
  await expect(open()).rejects.toBeInstanceOf(ArchiveLockedError)
  await counter.kill()
  await writeFile(join(folder, 'lock.99'), 'elsewhere 1 1')
  await expect(open()).rejects.toBeInstanceOf(ArchiveLockedError)
})

test('behavior: of those who find a dead lock at once, one gets it', async () => {
  await writeFile(join(folder, 'lock.7'), `${hostname()} 4194304 1`)
  const attempts = await Promise.allSettled(Array.from({ length: 8 }, open))
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const [winner] = opened
  await winner?.close()
  await expect(open()).resolves.toBeDefined()
})

test('behavior: a draft that a crash left behind is not read', async () => {
  const archive = await open()
  await put(archive, 'a', 'one')
  await archive.close()
  const [file = ''] = (await readdir(folder)).filter((name) => !name.startsWith('lock'))
  await writeFile(join(folder, `${file}.tmp`), '"a"\nhalf')
  expect(await read(await open(), 'a')).toBe('one')
  expect((await readdir(folder)).some((name) => name.endsWith('.tmp'))).toBe(false)
})

test('error: ArchiveDamagedError', async () => {
  const archive = await open()
  await put(archive, 'a', 'one')
  const [file = ''] = (await readdir(folder)).filter((name) => !name.startsWith('lock'))
  for (const content of ['', 'no key\none', '7\none']) {
    await writeFile(join(folder, file), content)
    await expect(read(archive, 'a')).rejects.toBeInstanceOf(ArchiveDamagedError)
  }
})
