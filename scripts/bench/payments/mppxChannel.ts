import { Session } from 'mppx/tempo'
import { numberToHex, zeroAddress, zeroHash } from 'viem'
import { anvil } from 'viem/chains'

import { bob, carol } from '../../../test/accounts.ts'

/** The contract that mppx's sessions live in: part of Tempo itself, and of no other chain. */
export const escrow = '0x4d50500000000000000000000000000000000000'

/** The session channel that a connection pays from; Bob pays Carol. */
export function mppxChannel(connection: number, token: `0x${string}`) {
  const descriptor = {
    authorizedSigner: zeroAddress,
    expiringNonceHash: zeroHash,
    operator: zeroAddress,
    payee: carol.address,
    payer: bob.address,
    salt: numberToHex(connection, { size: 32 }),
    token,
  }
  const channelId = Session.Precompile.Channel.computeId({ ...descriptor, chainId: anvil.id, escrow })
  return { channelId, descriptor }
}
