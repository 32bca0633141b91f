import { loadEngine, privateKeyToSigner } from '@aitoken/inference'
import type { Address } from 'viem'

import { keys } from '../../../test/accounts.ts'
import type { Pay } from '../load/runLoad.ts'
import { createChargePayer, createSessionPayer } from '../payments/payMppx.ts'
import { createBatchPayer, createExactPayer } from '../payments/payX402.ts'
import type { MeasuredServer } from '../servers/startServer.ts'
import { body, type Contender } from './contender.ts'

type Entry = readonly [path: string, enter: (url: string) => Promise<Pay> | Pay]

/** The peers' ways to pay: a contender, or why there is none. */
export async function enterPeers(
  { mppx, x402 }: { mppx: MeasuredServer<unknown>; x402: MeasuredServer<unknown> },
  token: Address,
) {
  const signer = privateKeyToSigner(keys.bob, { engine: await loadEngine() })
  return {
    mppxCharge: await enter(mppx, ['/charge/v1/completions', (url) => createChargePayer(url, signer)]),
    mppxSession: await enter(mppx, [
      '/session/v1/completions',
      (url) => createSessionPayer(url, signer, token),
    ]),
    x402Batch: await enter(x402, ['/batch/v1/completions', (url) => createBatchPayer(url, signer, token)]),
    x402Exact: await enter(x402, ['/exact/v1/completions', (url) => createExactPayer(url, signer)]),
  }
}

/** A peer that cannot run here is no reason to measure nothing. */
async function enter(
  server: MeasuredServer<unknown>,
  [path, createPayer]: Entry,
): Promise<Contender | string> {
  try {
    const pay = await createPayer(`http://127.0.0.1:${server.hello.port}${path}`)
    return { count: 96, lane: { body, expected: 200, path, pay }, server }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
