import type { Call } from './call.js'
import { toFunctionItem } from './toFunctionItem.js'

/**
 * Writes a call as JSON, with amounts as decimal strings: to store it, or send it to another process.
 * Only the function that is called is kept of the ABI.
 *
 * @param call - The call.
 * @returns JSON that {@link deserializeCall} reads.
 *
 * @example
 * ```ts
 * import { deserializeCall, serializeCall, transferCall } from '@aitoken/core'
 *
 * const json = serializeCall(
 *   transferCall({
 *     amount: 1_000_000n,
 *     to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *     token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *   }),
 * )
 * const call = deserializeCall(json)
 * ```
 */
export function serializeCall(call: Call): string {
  const { data, to, value } = call
  return JSON.stringify({ data, function: toFunctionItem(call), to, value: String(value) })
}
