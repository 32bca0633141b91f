import { sign, type WriteClient } from '@aitoken/core/internal'
import { type Address, type Hex, hexToBigInt, toHex } from 'viem'

import { type Permit2Transfer, permit2Address } from '../channel/funding.js'

/** Signs a Permit2 `PermitWitnessTransferFrom` to the channels contract. */
export async function signPermit2(
  client: WriteClient,
  parameters: signPermit2.Parameters,
): Promise<Permit2Transfer> {
  const { amount, channels, deadline, token, witness } = parameters
  const { nonce = hexToBigInt(toHex(crypto.getRandomValues(new Uint8Array(32)))) } = parameters
  const signature = await sign(client, {
    domain: { chainId: client.chain.id, name: 'Permit2', verifyingContract: permit2Address },
    message: { deadline, nonce, permitted: { amount, token }, spender: channels, witness },
    primaryType: 'PermitWitnessTransferFrom',
    types: {
      ChannelOpen: [{ name: 'channelId', type: 'bytes32' }],
      ChannelTopUp: [
        { name: 'channelId', type: 'bytes32' },
        { name: 'deposit', type: 'uint128' },
      ],
      PermitWitnessTransferFrom: [
        { name: 'permitted', type: 'TokenPermissions' },
        { name: 'spender', type: 'address' },
        { name: 'nonce', type: 'uint256' },
        { name: 'deadline', type: 'uint256' },
        { name: 'witness', type: 'deposit' in witness ? 'ChannelTopUp' : 'ChannelOpen' },
      ],
      TokenPermissions: [
        { name: 'token', type: 'address' },
        { name: 'amount', type: 'uint256' },
      ],
    },
  })
  return { deadline, nonce, signature }
}

export declare namespace signPermit2 {
  type Parameters = {
    amount: bigint
    channels: Address
    deadline: bigint
    nonce?: bigint | undefined
    token: Address
    /** What the transfer is for: a channel to open, or the deposit that a top-up leads to. */
    witness: { channelId: Hex } | { channelId: Hex; deposit: bigint }
  }
}
