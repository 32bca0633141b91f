import type { Hash } from 'viem'

import { confirm } from '../call/confirm.js'
import { send } from '../call/send.js'
import type { WriteClient } from '../internal/client.js'
import { tokenSource } from '../token/reverts.js'
import { BatchFailedError } from './errors.js'
import type { sendCalls } from './sendCalls.js'

/** One transaction a call, each included before the next is sent: a later call may need what an earlier one did. */
export async function sendInOrder(
  client: WriteClient,
  { calls, contracts = [] }: sendCalls.Parameters,
): Promise<sendCalls.ReturnType> {
  const nested = [tokenSource(), ...contracts]
  const hashes: Hash[] = []
  for (const [index, call] of calls.entries())
    try {
      const hash = await send(client, call, {}, nested)
      await confirm(client, { call, hash, nested: contracts })
      hashes.push(hash)
    } catch (cause) {
      throw new BatchFailedError({ cause, index, sent: hashes, total: calls.length })
    }
  return { hashes, via: 'transactions' }
}
