import type { MeasuredServer } from '../servers/startServer.ts'

/**
 * Leaves a stream after its first bytes, as a person who presses stop does.
 *
 * @returns Milliseconds from then until the model was told, on the clock that both processes share.
 */
export async function leaveStream(
  server: MeasuredServer<unknown>,
  ask: (signal: AbortSignal) => Promise<Response>,
): Promise<number> {
  const controller = new AbortController()
  const response = await ask(controller.signal)
  await response.body?.getReader().read()
  const before = BigInt(String(await server.ask('stop')))
  const left = process.hrtime.bigint()
  controller.abort()
  for (;;) {
    const stopped = BigInt(String(await server.ask('stop')))
    if (stopped !== before) return Number(stopped - left) / 1e6
  }
}
