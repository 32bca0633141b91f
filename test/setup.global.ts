import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deployAitoken } from '@aitoken/core/deploy'
import { createAnvil, createPool, createProxy } from '@viem/anvil'
import { createWalletClient, http, parseEther } from 'viem'
import { anvil } from 'viem/chains'
import type { TestProject } from 'vitest/node'

import { alice } from './accounts.js'
import { foundryBinary } from './binary.js'
import { offerPostgres } from './postgres.js'

/** `stop()` leaves a timer of this length behind, and with it the process: no longer than a stop can take. */
const stopTimeout = 1_000

/**
 * One origin chain gets the whole system once; each test file's worker forks it and asks for its own chain
 * by path, so files run in parallel and no test sees another's changes.
 * `AITOKEN_FORK_URL` puts the origin itself on a fork of a public chain.
 */
export default async function setup(project: TestProject) {
  const forkUrl = process.env.AITOKEN_FORK_URL
  const origin = createAnvil({
    anvilBinary: foundryBinary('anvil'),
    chainId: anvil.id,
    port: await freePort(),
    startTimeout: 60_000,
    stopTimeout,
    ...(forkUrl ? { forkUrl } : {}),
  })
  await origin.start()

  const client = createWalletClient({
    account: alice,
    chain: anvil,
    pollingInterval: 20,
    transport: http(`http://127.0.0.1:${origin.port}`),
  })
  const { contracts } = await deployAitoken(client, { token: { supply: parseEther('1000000000') } })

  const pool = createPool()
  const proxy = await createProxy({
    options: {
      anvilBinary: foundryBinary('anvil'),
      chainId: anvil.id,
      forkUrl: `http://127.0.0.1:${origin.port}`,
      startTimeout: 60_000,
      stopTimeout,
    },
    pool,
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as AddressInfo
  const postgres = await offerPostgres()

  project.provide('postgres', postgres.url)
  project.provide('rpcUrl', `http://127.0.0.1:${port}`)
  project.provide('deployment', contracts)

  return async () => {
    const closed = new Promise((resolve) => proxy.close(resolve))
    // Clients keep their connections alive, and closing alone would wait for them.
    proxy.closeAllConnections()
    await closed
    await pool.empty()
    await origin.stop()
    await postgres.stop()
  }
}

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

declare module 'vitest' {
  interface ProvidedContext {
    deployment: Awaited<ReturnType<typeof deployAitoken>>['contracts']
    /** Answers with the connection string of a PostgreSQL server, which starts when it is first asked for. */
    postgres: string
    rpcUrl: string
  }
}
