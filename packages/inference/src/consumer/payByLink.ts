import type { Hex } from 'viem'

import type { ChannelRecord } from '../books/channelRecord.js'
import { larger, smaller } from '../internal/compare.js'
import { createStream, maxStreamSteps } from '../stream/createStream.js'
import { signStreamCommit } from '../stream/signStreamCommit.js'
import { encodePayment } from '../wire/paymentHeader.js'
import { type ProviderAccount, sumAllotted } from './account.js'
import type { ConsumerContext } from './context.js'
import { BudgetExceededError, DepositExceededError } from './errors.js'
import { type Chain, leaveChain } from './lanes.js'
import { promiseCredit } from './promiseCredit.js'
import { encodeVoucher } from './signPayment.js'

/** Links that providers let one payment skip. */
const reach = 256

/** Units that the first payment of a chain is cut into: more waste less of the last unit, fewer make it last. */
const grain = 16n

/**
 * Pays by revealing the next link that covers everything billed and allotted, and notes it in the books before
 * anybody can see it. A link is worth a whole number of units, so it may authorize one unit too much, never more.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param priceTag - What the consumer believes it pays; undefined for a payment without a request.
 * @returns The `AI-Payment` header; undefined when a voucher has to pay: the provider takes no links, the chain is
 * used up, or a link would authorize too much.
 */
export async function payByLink(
  context: ConsumerContext,
  account: ProviderAccount,
  priceTag: Hex | undefined,
): Promise<string | undefined> {
  const chain = await findChain(context, account)
  if (!chain) return undefined
  const { base, unit } = chain.commit
  const covered = (record: ChannelRecord) => {
    const { billed, signed } = record
    const needed = larger(signed + 1n, billed + sumAllotted(account))
    return base + ((needed - base + unit - 1n) / unit) * unit
  }
  const stepsTo = (total: bigint) => Number((total - base) / unit)
  const wanted = covered(account.record)
  if (stepsTo(wanted) > chain.commit.maxSteps) {
    leaveChain(account)
    return undefined
  }
  const fits = (steps: number) => steps <= chain.commit.maxSteps && steps - chain.accepted <= reach
  const excess = wanted - account.record.billed - sumAllotted(account)
  if (!fits(stepsTo(wanted)) || excess > unit) return undefined

  const total = await promiseCredit(context, account, covered).catch((error: unknown) => {
    // What a whole unit exceeds, the exact amount may not.
    if (error instanceof BudgetExceededError || error instanceof DepositExceededError) return undefined
    throw error
  })
  if (total === undefined) return undefined
  const steps = stepsTo(total)
  // Others on the channel came between: it is promised, and a voucher says so as well.
  if (!fits(steps)) return encodeVoucher(context, account, total, priceTag)
  const { channel, channelId } = account.record
  const { authorizedSigner, payer, salt } = channel
  return encodePayment({
    channelId,
    commit: chain.accepted === 0 ? chain.commit : undefined,
    descriptor: account.introduced ? undefined : { authorizedSigner, payer, salt },
    link: chain.stream.reveal(steps),
    priceTag,
    steps,
  })
}

/** The chain that pays; a new one builds on the voucher before it, or on nothing. */
async function findChain(context: ConsumerContext, account: ProviderAccount): Promise<Chain | undefined> {
  const { lanes, quote, record } = account
  if (lanes.chain) return lanes.chain
  const { streamUnit = 0n } = quote
  const base = record.signed === 0n ? 0n : lanes.vouched
  if (base === undefined || streamUnit === 0n) return undefined
  const unit = larger(smaller(sumAllotted(account) / grain, streamUnit), 1n)
  lanes.committing ??= commit(context, account, { base, unit })
    .then((chain) => {
      lanes.chain = chain
      return chain
    })
    .finally(() => {
      lanes.committing = undefined
    })
  return lanes.committing
}

async function commit(
  { channels, client, engine, signer }: ConsumerContext,
  { record: { channelId } }: ProviderAccount,
  { base, unit }: { base: bigint; unit: bigint },
): Promise<Chain> {
  const stream = createStream({ engine, maxSteps: maxStreamSteps })
  const { maxSteps, root } = stream
  const terms = { base, chainId: client.chain.id, channelId, channels, maxSteps, root, unit }
  const signature = await signStreamCommit(signer, terms)
  return { accepted: 0, commit: { base, maxSteps, signature, unit }, stream }
}
