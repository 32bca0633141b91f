import type { Address } from 'viem'

import { isSameAddress } from '../internal/address.js'
import { isOperator } from '../settlement/isOperator.js'
import type { ChainConnection } from './connectChain.js'
import { GatewayConfigError } from './errors.js'

/**
 * Checks that the gateway's account may settle for whom it sells: what it cannot settle it would give away.
 *
 * @param chain - The connection to the chain.
 * @param payee - Who is paid; undefined for the account itself.
 * @throws {@link GatewayConfigError} when the payee did not make the account its operator.
 */
export async function checkOperator(
  { account, channels, client }: ChainConnection,
  payee: Address | undefined,
): Promise<void> {
  const operator = account.address
  if (payee === undefined || isSameAddress(payee, operator)) return
  if (await isOperator(client, { channels, operator, payee })) return
  const expected = `a payee that called \`setOperator\` for ${operator}, which signs and settles here`
  throw new GatewayConfigError({ expected, field: 'payee', value: payee })
}
