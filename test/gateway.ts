import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A gateway in a process of its own, from source. */
export type SpawnedGateway = {
  readonly child: ChildProcess
  /** With what it ended. */
  readonly exited: Promise<number | null>
  /** Everything that it wrote. */
  output(): string
  /** Resolves to the next line of the log with a message, from the first on. */
  saw(message: string): Promise<Record<string, unknown>>
}

/** Starts `aitoken-inference` with arguments and an environment. */
export function spawnGateway(args: readonly string[], env: Record<string, string> = {}): SpawnedGateway {
  const entry = 'packages/inference/src/gateway/bin.ts'
  const node = ['--conditions=@aitoken/source', '--import', './scripts/register.mjs', entry]
  // The very node that runs the tests: a shell in between would keep the signals.
  const child = spawn(process.execPath, [...node, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const lines: Record<string, unknown>[] = []
  const waiting = new Set<() => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    text += `${line}\n`
    lines.push(JSON.parse(line))
    for (const wake of waiting) wake()
  })
  child.stderr.on('data', (data) => (text += String(data)))
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve))
  return {
    child,
    exited,
    output: () => text,
    saw: (message) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = lines.find(({ msg }) => msg === message)
          if (!line) return
          waiting.delete(look)
          resolve(line)
        }
        waiting.add(look)
        look()
        exited.then((code) => reject(new Error(`It ended with ${code} before \`${message}\`:\n${text}`)))
      }),
  }
}
