import type { AitokenError } from '@aitoken/core/errors'

import { decodePayment } from '../wire/paymentHeader.js'
import type { ProviderAccount } from './account.js'
import { isOwnLink, leaveChain, leaveSession } from './lanes.js'

/**
 * Whether a payment came too late because others on its channel were made after it, or the provider does not take
 * the lane it came by: then another is made, by another lane in the second case.
 *
 * @param problem - Why it was refused.
 * @param account - The dealings with the provider.
 * @param header - The payment, as it was sent.
 * @returns Whether another payment may be taken.
 */
export function isOvertaken(problem: AitokenError, account: ProviderAccount, header: string): boolean {
  const { lanes, record } = account
  const payment = decodePayment(header)
  if ('link' in payment && problem.name.startsWith('Stream')) {
    const { chain } = lanes
    // Another payment left its chain already, or began the next one.
    if (!chain || !isOwnLink(chain, payment)) return true
    // Later links of the same chain overtook it, unless the provider claims more than was ever revealed.
    const revealed = 'revealed' in problem && typeof problem.revealed === 'number' ? problem.revealed : 0
    const ahead = chain.commit.base + BigInt(revealed) * chain.commit.unit <= record.signed
    if (problem.name !== 'StreamReplayedError' || !ahead) leaveChain(account)
    return true
  }
  if ('code' in payment && problem.name.startsWith('Grant')) {
    // Unless another payment left the session already.
    if (lanes.session?.keyId.toLowerCase() === payment.keyId.toLowerCase()) leaveSession(account, problem)
    return true
  }
  if (problem.name !== 'VoucherLoweredError' && problem.name !== 'VoucherReplayedError') return false
  // A provider that claims more than was ever signed for is not worth another signature.
  return (
    'authorized' in problem && typeof problem.authorized === 'bigint' && problem.authorized <= record.signed
  )
}
