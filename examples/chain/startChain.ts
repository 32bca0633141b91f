import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAnvil } from '@viem/anvil'
import { anvil } from 'viem/chains'

import { foundryBinary } from '../../test/binary.js'

/** Starts a chain of one's own on a free port. */
export async function startChain(): Promise<{ rpcUrl: string; stop: () => Promise<void> }> {
  const port = await freePort()
  const chain = createAnvil({
    anvilBinary: foundryBinary('anvil'),
    chainId: anvil.id,
    port,
    startTimeout: 60_000,
    stopTimeout: 1_000,
  })
  await chain.start()
  return { rpcUrl: `http://127.0.0.1:${port}`, stop: () => chain.stop() }
}

async function freePort(): Promise<number> {
  const server: Server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
