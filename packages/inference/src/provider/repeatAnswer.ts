import type { FoundAnswer } from '../journal/createJournal.js'
import { AnswerGoneError } from '../journal/errors.js'
import { join } from '../wire/comment.js'
import { encodeReceipt } from '../wire/receiptText.js'
import type { ProviderContext } from './context.js'
import { encodeTail } from './createDelivery.js'
import { signReceiptOf } from './finishRequest.js'
import { toStreamResponse } from './serveStream.js'
import { decodeText, toWholeResponse } from './serveWhole.js'

/**
 * Answers a repeated request with what it was answered before: the same bytes, status and receipt.
 *
 * @param context - The provider.
 * @param found - The answer that was kept, of a channel that the payer can sign for.
 * @returns The response; nothing is charged for it.
 * @throws {@link AnswerGoneError} when only the charge is known.
 */
export async function repeatAnswer(
  context: ProviderContext,
  { answer, receipt }: FoundAnswer,
): Promise<Response> {
  if (answer.kind === 'lost') throw new AnswerGoneError({ loss: answer.loss })
  const signed = receipt && encodeReceipt(await signReceiptOf(context, receipt))
  if (answer.kind === 'whole') return toWholeResponse(decodeText(answer.bytes), signed)
  const { bytes, end, tail } = answer
  return toStreamResponse(new Uint8Array(join([bytes, encodeTail(tail, { end, receipt: signed })])))
}
