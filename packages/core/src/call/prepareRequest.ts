import type { PrepareTransactionRequestParameters } from 'viem'
import { prepareTransactionRequest } from 'viem/actions'
import { getAction } from 'viem/utils'

import type { WriteClient } from '../internal/client.js'
import type { Call } from './call.js'

/** Most gas one transaction may ask for (EIP-7825). */
const most = 2n ** 24n

/**
 * What a transaction of a local account needs besides its call, asked of the node at once, with spare gas.
 *
 * A node estimates on the state of the latest block, at that block's time. Votes that changed in that very
 * second are then overwritten, which is cheap; when the transaction runs they are appended, some 20,000 gas
 * more for each account whose votes change. Gas that is not used is not paid.
 */
export async function prepareRequest(
  client: WriteClient,
  call: Pick<Call, 'data' | 'to' | 'value'>,
): Promise<Record<string, unknown>> {
  const { account, chain } = client
  // A wallet or a smart account estimates by itself.
  if (account.type !== 'local') return {}
  const { data, to, value } = call
  const request: Record<string, unknown> = await getAction(
    client,
    prepareTransactionRequest,
    'prepareTransactionRequest',
  )({
    account,
    chain,
    data,
    parameters: ['chainId', 'fees', 'gas', 'nonce', 'type'],
    to,
    value,
    // viem's type for what comes back depends on every one of these literals.
  } as PrepareTransactionRequestParameters)
  const { chainId, gas, gasPrice, maxFeePerGas, maxPriorityFeePerGas, nonce, type } = request
  return {
    chainId,
    ...(typeof gas === 'bigint' ? { gas: withSpare(gas) } : {}),
    gasPrice,
    maxFeePerGas,
    maxPriorityFeePerGas,
    // Where the account counts its nonces itself, it does so when it signs.
    ...(account.nonceManager ? {} : { nonce }),
    type,
  }
}

function withSpare(gas: bigint): bigint {
  const spare = gas + gas / 4n + 40_000n
  return spare > most && gas <= most ? most : spare
}
