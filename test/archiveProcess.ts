// A process of its own that counts in an archive and says how far it is, until somebody ends it.
import { createFileArchive, createSqliteArchive } from '@aitoken/inference/archive'

const [kind, path = ''] = process.argv.slice(2)
const archive = kind === 'file' ? await createFileArchive({ path }) : createSqliteArchive({ path })
for (;;) {
  const count = await archive.transact('count', (text = '0') => {
    const next = `${Number(text) + 1}`
    return { result: next, text: next }
  })
  process.stdout.write(`${count}\n`)
  await new Promise((resolve) => setImmediate(resolve))
}
