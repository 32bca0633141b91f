import type { Hex } from 'viem'

import { isSameAddress } from '../internal/address.js'
import { sealLedger } from '../ledger/close.js'
import { toStatementTypedData } from '../statement/statement.js'
import type { StatementAnswer } from '../wire/channelState.js'
import { ChannelUnknownError } from '../wire/errors.js'
import type { ProviderContext } from './context.js'

/** How long a payer may use a statement, in seconds. */
const validity = 600

/**
 * Signs the final statement of a channel on which nothing is owed, so that its payer can close it: a provider that
 * is to get nothing pays no gas. The book ends for good before anything is signed.
 *
 * @param context - The provider.
 * @param channelId - The channel, whose payer asked to close it.
 * @returns The statement; undefined when something is owed, or the account is not the payee and cannot speak for it.
 * @throws `ChannelBusyError` when requests are being served on it.
 */
export async function signFinal(
  context: ProviderContext,
  channelId: Hex,
): Promise<StatementAnswer | undefined> {
  const { account, chainId, channels, payee } = context
  if (!isSameAddress(account.address, payee)) return undefined
  const { settled, spent, status } = await context.store.transact(channelId, (held) => {
    if (!held) throw new ChannelUnknownError({ channelId })
    const ledger = sealLedger(held)
    return { ledger, result: ledger }
  })
  if (status !== 'closed' || spent !== settled) return undefined
  const deadline = BigInt(Math.floor(context.now() / 1000) + validity)
  const statement = toStatementTypedData({ chainId, channelId, channels, deadline, spent })
  return { deadline, payeeSignature: await account.signTypedData(statement), spent }
}
