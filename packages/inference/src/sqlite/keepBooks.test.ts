import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { createSqliteStore } from '@aitoken/inference/sqlite'
import { afterEach } from 'vitest'
import { type Fault, testFaults } from '~test/storeFaults.js'

import { keepBooks } from './keepBooks.js'
import { openFile } from './openFile.js'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

testFaults(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aitoken-sqlite-'))
  folders.push(folder)
  const path = join(folder, 'books.db')
  let fault: Fault | undefined
  const database = withFaults(openFile(path), () => fault)
  return {
    reopen: async () => createSqliteStore({ path }),
    store: keepBooks(database, { now: Date.now }),
    strike: (next) => {
      fault = next
    },
  }
})

/** The real driver, whose every execution passes through the fault. */
function withFaults(database: DatabaseSync, current: () => Fault | undefined): DatabaseSync {
  const through = <result>(execute: () => result): result => {
    const fault = current()
    return fault ? fault.around(execute) : execute()
  }
  const ofStatement = (statement: StatementSync) =>
    new Proxy(statement, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target)
        if (typeof value !== 'function') return value
        return (...given: unknown[]) => through(() => value.apply(target, given))
      },
    })
  return new Proxy(database, {
    get(target, name) {
      if (name === 'prepare') return (text: string) => ofStatement(target.prepare(text))
      if (name === 'exec') return (text: string) => through(() => target.exec(text))
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
