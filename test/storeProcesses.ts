import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { LedgerStore } from '@aitoken/inference'
import type { Hex } from 'viem'
import { expect, test } from 'vitest'

import { bookOf } from './storeConformance.js'

/** What a writing process is told to do. */
export type WriterTask = {
  channelId: Hex
  /** Base units to charge, one at a time. */
  count: number
  database: { connectionString: string; schema: string } | { path: string }
  /** Unique name of the process. */
  name: string
}

/** Books that processes share. */
export type SharedBooks = {
  database: WriterTask['database']
  open(): LedgerStore
}

/** Processes load the whole package before they begin, in milliseconds. */
const timeout = 120_000

/** Hammers one channel's book from several processes, and kills one of them in the middle. */
export function testProcesses(create: () => Promise<SharedBooks>): void {
  const channelId: Hex = `0x${'11'.repeat(32)}`
  const read = (store: LedgerStore) => store.transact(channelId, (ledger) => ({ ledger, result: ledger }))

  test(
    'behavior: processes that write one book at once never lose a unit',
    async () => {
      const { database, open } = await create()
      const store = open()
      await store.transact(channelId, () => ({ ledger: bookOf(channelId, 10_000n), result: undefined }))
      const names = ['a', 'b', 'c']
      const writers = await Promise.all(
        names.map((name) => startWriter({ channelId, count: 100, database, name })),
      )
      await Promise.all(writers.map(({ finish }) => finish()))
      expect(await read(store)).toEqual({
        ...bookOf(channelId, 10_000n),
        sequence: 300n,
        spent: 300n,
      })
      await store.close()
    },
    timeout,
  )

  test(
    'behavior: a process that is killed leaves a whole book with all that it was told is written',
    async () => {
      const { database, open } = await create()
      const store = open()
      await store.transact(channelId, () => ({ ledger: bookOf(channelId, 100_000n), result: undefined }))
      const [killed, other] = await Promise.all([
        startWriter({ channelId, count: 50_000, database, name: 'killed' }),
        startWriter({ channelId, count: 100, database, name: 'other' }),
      ])
      killed.killAfter(50)
      const [{ told }] = await Promise.all([killed.finish(), other.finish()])

      const book = await read(open())
      const held = book?.reserved ?? []
      const spent = Number(book?.spent) - 100
      // What it was doing when it died was written, or not, and holds its reservation or none.
      expect(spent).toBeGreaterThanOrEqual(told)
      expect(spent).toBeLessThanOrEqual(told + 8)
      expect(held.length).toBeLessThanOrEqual(8)
      expect(held.every(({ requestId }) => requestId.startsWith('killed-'))).toBe(true)
      expect(book?.sequence).toBe(book?.spent)
      await store.close()
    },
    timeout,
  )
}

async function startWriter(task: WriterTask) {
  const child: ChildProcess = fork(
    fileURLToPath(new URL('./storeWriter.ts', import.meta.url)),
    [JSON.stringify(task)],
    {
      execArgv: [
        '--conditions=@aitoken/source',
        '--disable-warning=ExperimentalWarning',
        '--import',
        new URL('../scripts/register.mjs', import.meta.url).href,
      ],
    },
  )
  // Its last messages may arrive after it is gone.
  const ended = Promise.all([once(child, 'exit'), once(child, 'disconnect')])
  await once(child, 'message')
  let told = 0
  let limit = Number.POSITIVE_INFINITY
  child.on('message', () => {
    told += 1
    if (told === limit) child.kill('SIGKILL')
  })
  return {
    /** Lets it write, and waits until it is done or dead. */
    async finish() {
      child.send('go')
      const [[code]] = await ended
      expect(code).toBe(limit === Number.POSITIVE_INFINITY ? 0 : null)
      return { told }
    },
    killAfter(count: number) {
      limit = count
    },
  }
}
