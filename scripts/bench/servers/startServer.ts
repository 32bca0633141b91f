import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A server in a process of its own. */
export type MeasuredServer<hello> = {
  /** Asks the process something; one question at a time. */
  ask(name: string): Promise<unknown>
  /** Processor time of the process so far, in microseconds. */
  cpu(): Promise<number>
  /** What the server said when it began. */
  readonly hello: hello & { port: number }
  /** Ends the process. */
  stop(): Promise<void>
}

/** Starts one of the servers of this folder with what it is told. */
export async function startServer<hello>(
  file: string,
  options: object,
  flags: readonly string[] = [],
): Promise<MeasuredServer<hello>> {
  const execArgv = [...process.execArgv, ...flags]
  const child = fork(new URL(file, import.meta.url), [JSON.stringify(options)], { execArgv })
  const exited = once(child, 'exit')
  const [hello] = await Promise.race([
    once(child, 'message'),
    exited.then(([code]) => Promise.reject(new Error(`${file} ended with ${code} before it served.`))),
  ])
  const ask = async (name: string) => {
    const answered = once(child, 'message')
    child.send(name)
    return (await answered)[0]
  }
  return {
    ask,
    async cpu() {
      const { system, user } = (await ask('cpu')) as NodeJS.CpuUsage
      return system + user
    },
    hello,
    async stop() {
      child.kill()
      await exited
    },
  }
}
