import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A process that counts in an archive. */
export type Counter = {
  /** Kills it without a warning, and says the last count that it saw written. */
  kill(): Promise<number>
  /** Resolves after it has said so many counts. */
  said(counts: number): Promise<void>
}

/** Starts a process that counts in an archive. */
export function spawnArchive(kind: 'file' | 'sqlite', path: string): Counter {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      '--conditions=@aitoken/source',
      '--no-warnings',
      '--import',
      './scripts/register.mjs',
      'test/archiveProcess.ts',
      kind,
      path,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const exited = once(child, 'exit')
  let last = 0
  let lines = 0
  const waiting: { counts: number; resolve: () => void }[] = []
  if (!child.stdout) throw new RangeError('The process has no output')
  createInterface({ input: child.stdout }).on('line', (line) => {
    last = Number(line)
    lines++
    for (const { counts, resolve } of waiting) if (lines >= counts) resolve()
  })
  return {
    async kill() {
      child.kill('SIGKILL')
      await exited
      return last
    },
    said: (counts) =>
      new Promise((resolve, reject) => {
        waiting.push({ counts, resolve })
        exited.then(([code]) => reject(new RangeError(`The process ended with ${code}`)), reject)
      }),
  }
}
