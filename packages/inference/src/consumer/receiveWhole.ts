import { toHex } from '../internal/hex.js'
import { sha256 } from '../internal/sha256.js'
import { ReceiptMissingError } from '../receipt/errors.js'
import { receiptHeaderName } from '../wire/receiptText.js'
import type { ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'
import { measureText, readText } from './measureText.js'
import type { PaidAnswer } from './payRequest.js'
import { settleBill } from './settleBill.js'

/**
 * Receives an answer that does not stream, and checks its bill before anybody uses it.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param answer - The answer.
 * @returns The same answer, with its bytes in memory.
 * @throws {@link ReceiptMissingError} when there is no bill.
 * @throws What `settleBill` throws when the bill is wrong.
 */
export async function receiveWhole(
  context: ConsumerContext,
  account: ProviderAccount,
  { allotment, evidence, response }: PaidAnswer,
): Promise<Response> {
  const { headers, status } = response
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = new Uint8Array(await response.arrayBuffer())
  } catch (error) {
    allotment.lost = true
    throw error
  }
  const receipt = headers.get(receiptHeaderName)
  if (receipt === null) {
    allotment.lost = true
    allotment.due = 0n
    throw new ReceiptMissingError({ origin: account.origin })
  }
  const answer = parse(bytes)
  await settleBill(context, account, {
    allotment,
    evidence: {
      ...evidence,
      responseHash: toHex(sha256(bytes)),
      textBytes: measureText(answer),
      textTokens: context.countTokens?.(readText(answer), evidence.price.model),
    },
    receipt,
  })
  return new Response(bytes, { headers: withoutEncoding(headers), status })
}

/** Headers of a body that was received whole: `fetch` has undone its encoding already. */
export function withoutEncoding(headers: Headers): Headers {
  const plain = new Headers(headers)
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) plain.delete(name)
  return plain
}

/** An answer that is no JSON has no text to be billed for. */
function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
