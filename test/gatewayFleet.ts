import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Address } from 'viem'

/** Output tokens of every answer. */
export const tokens = 200

/** Output tokens after which a stream that is asked to hold stands still. */
export const heldTokens = 150

/** What a gateway's process is told. */
export type GatewayTask = {
  contracts: { aiToken: Address; paymentChannels: Address }
  database: { connectionString: string; schema: string }
  /** Base units, as decimal digits. */
  prices: { input: string; output: string; request: string }
  rpcUrl: string
}

/** A gateway in a process of its own. */
export type FleetGateway = {
  /** Kills it, as a crash or an operator in a hurry does. */
  kill(): Promise<void>
  url: string
}

/** Starts a gateway, and waits until it serves. */
export async function startGateway(task: GatewayTask): Promise<FleetGateway> {
  const register = new URL('../scripts/register.mjs', import.meta.url).href
  const child: ChildProcess = fork(
    fileURLToPath(new URL('./gatewayProcess.ts', import.meta.url)),
    [JSON.stringify(task)],
    { execArgv: ['--conditions=@aitoken/source', '--import', register] },
  )
  const exited = once(child, 'exit')
  const [url] = await Promise.race([once(child, 'message'), exited])
  if (typeof url !== 'string') throw new Error('The gateway did not start.')
  return {
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    url,
  }
}
