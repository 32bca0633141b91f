import type { Archive } from '@aitoken/inference'
import { expect, test } from 'vitest'

/** An archive and what the suite needs to shake it. */
export type ArchiveUnderTest = {
  archive: Archive
  /** Opens the same archive again, as the next process would after this one ended. */
  restart?: (() => Promise<Archive>) | undefined
  /** Opens another handle on it, as a second process would. Not given when there can be none. */
  share?: (() => Promise<Archive>) | undefined
}

/** What every archive must do, whatever it is made of. `create` gives each test an empty one. */
export function testArchive(create: () => Promise<ArchiveUnderTest>): void {
  const read = (archive: Archive, key: string) => archive.transact(key, (text) => ({ result: text, text }))
  const write = (archive: Archive, key: string, text: string | undefined) =>
    archive.transact(key, () => ({ result: undefined, text }))
  const listAll = async (archive: Archive, prefix: string) => {
    const found: [string, string][] = []
    for await (const { key, text } of archive.list(prefix)) found.push([key, text])
    return found
  }

  test('default', async () => {
    const { archive } = await create()
    expect(await read(archive, 'a')).toBeUndefined()
    await write(archive, 'a', 'one')
    await write(archive, 'a', 'two')
    expect(await read(archive, 'a')).toBe('two')
    expect(await read(archive, 'b')).toBeUndefined()
    await write(archive, 'a', undefined)
    expect(await read(archive, 'a')).toBeUndefined()
  })

  test('behavior: keeps every text under every key as it was', async () => {
    const { archive } = await create()
    const texts = ['', '\n', '{"a":1}\n', 'ü€😀', '\u0000'.slice(1), 'x'.repeat(100_000)]
    const keys = ['a', 'A', 'http://a.example|1', '../../etc/passwd', '%', '_', 'ü😀', 'a\nb']
    for (const key of keys)
      for (const text of texts) {
        await write(archive, key, text)
        expect(await read(archive, key)).toBe(text)
      }
    expect((await listAll(archive, '')).map(([key]) => key).sort()).toEqual([...keys].sort())
  })

  test('behavior: a function that throws changes nothing', async () => {
    const { archive } = await create()
    await write(archive, 'a', 'one')
    const failing = archive.transact('a', () => {
      throw new RangeError('Mallory pulls the plug')
    })
    await expect(failing).rejects.toBeInstanceOf(RangeError)
    expect(await read(archive, 'a')).toBe('one')
  })

  test('behavior: lists what begins so, in order, also while it changes', async () => {
    const { archive } = await create()
    const keys = Array.from({ length: 250 }, (_, index) => `receipt|${String(index).padStart(5, '0')}`)
    for (const key of keys.toReversed()) await write(archive, key, key)
    await write(archive, 'receipt', 'shorter')
    await write(archive, 'receipts|1', 'longer')
    await write(archive, '%eceipt|1', 'a pattern')
    const seen: string[] = []
    for await (const { key, text } of archive.list('receipt|')) {
      expect(text).toBe(key)
      seen.push(key)
      await write(archive, key, undefined)
    }
    expect(seen).toEqual(keys)
    expect(await listAll(archive, 'receipt|')).toEqual([])
  })

  test('behavior: concurrent writers never lose a change', async () => {
    const { archive, share } = await create()
    const other = (await share?.()) ?? archive
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        (index % 2 ? archive : other).transact('sum', (text) => ({
          result: undefined,
          text: `${BigInt(text ?? '0') + BigInt(index)}`,
        })),
      ),
    )
    expect(await read(other, 'sum')).toBe('1770')
  })

  test('behavior: of writers that compete for the last unit, one wins', async () => {
    const { archive, share } = await create()
    const other = (await share?.()) ?? archive
    const take = (from: Archive) =>
      from.transact('left', (text = '1') => {
        if (text === '0') throw new RangeError('Nothing is left')
        return { result: undefined, text: '0' }
      })
    const attempts = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => take(index % 2 ? archive : other)),
    )
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('behavior: what was written is there after a restart', async () => {
    const { archive, restart } = await create()
    await write(archive, 'a', 'one')
    await write(archive, 'b', 'two')
    await write(archive, 'b', undefined)
    if (!restart) return
    await archive.close()
    await expect(read(archive, 'a')).rejects.toMatchObject({ name: 'StoreClosedError' })
    const next = await restart()
    expect(await listAll(next, '')).toEqual([['a', 'one']])
  })
}
