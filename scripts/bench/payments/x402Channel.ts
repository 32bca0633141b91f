import { numberToHex } from 'viem'

import { bob, carol } from '../../../test/accounts.ts'

/** The network that the x402 servers take payments on. */
export const network = 'eip155:31337'

/** Price of a request, in base units. */
export const price = '5000'

/** The channel of x402's batch settlement that a connection pays from; Bob pays Carol. */
export function x402Channel(connection: number, token: `0x${string}`) {
  return {
    payer: bob.address,
    payerAuthorizer: bob.address,
    receiver: carol.address,
    receiverAuthorizer: carol.address,
    salt: numberToHex(connection, { size: 32 }),
    token,
    withdrawDelay: 900,
  }
}
