import type { ReadClient } from '@aitoken/core'
import { getBlock } from 'viem/actions'
import { getAction } from 'viem/utils'

import { NodeTimeoutError } from './errors.js'
import type { Tower } from './tower.js'

/** A node that answered, and the latest block that it knows. */
export type Head = {
  readonly client: ReadClient
  /** Its place among the nodes. */
  readonly node: number
  readonly number: bigint
  /** Unix time in seconds. */
  readonly timestamp: number
}

/**
 * Asks all nodes for their latest block, at once. A node that goes back, or whose block is old, still counts: it may
 * know bad news. But the operator is told.
 *
 * @param tower - The watchtower.
 * @param now - Unix time in milliseconds.
 * @returns The nodes that answered.
 */
export async function readHeads(tower: Tower, now: number): Promise<readonly Head[]> {
  const { clients, confirmations, maxHeadAge, memory, raise } = tower
  const nodes = clients.map((client, node) => ({ client, node }))
  const answers = await askAll(tower, nodes, ({ client }) =>
    getAction(client, getBlock, 'getBlock')({ blockTag: 'latest' }),
  )
  return answers.map(({ answer, asked: { client, node } }) => {
    const { number } = answer
    const timestamp = Number(answer.timestamp)
    const seen = memory.heads.get(node) ?? 0n
    // A few blocks less are a reorganisation, or another machine behind the same address.
    if (number + confirmations < seen) raise({ kind: 'behind', node, seen, told: number })
    if (number > seen) memory.heads.set(node, number)
    const age = Math.floor(now / 1000) - timestamp
    if (age > maxHeadAge) raise({ age, kind: 'stale', node })
    return { client, node, number, timestamp }
  })
}

/**
 * Asks several nodes the same thing at once, and waits for none longer than `readTimeout`.
 *
 * @param tower - The watchtower.
 * @param asked - Whom to ask, each with the number of its node.
 * @param ask - How to ask.
 * @returns Those that answered; about the others the operator is told.
 */
export async function askAll<asked extends Pick<Head, 'client' | 'node'>, answer>(
  { raise, readTimeout }: Tower,
  asked: readonly asked[],
  ask: (asked: asked) => Promise<answer>,
): Promise<{ answer: answer; asked: asked }[]> {
  const answers = await Promise.all(
    asked.map(async (one) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new NodeTimeoutError({ timeout: readTimeout })), readTimeout)
      })
      try {
        return [{ answer: await Promise.race([ask(one), late]), asked: one }]
      } catch (error) {
        raise({ error, kind: 'unreachable', node: one.node })
        return []
      } finally {
        clearTimeout(timer)
      }
    }),
  )
  return answers.flat()
}
