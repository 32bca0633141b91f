import type { Signer } from '@aitoken/inference'
import { Challenge, Credential } from 'mppx'
import { evm } from 'mppx/client'
import { Session } from 'mppx/tempo'
import { type Address, hashTypedData } from 'viem'
import { anvil } from 'viem/chains'

import { escrow, mppxChannel } from './mppxChannel.ts'

type Pay = (connection: number) => Promise<{ authorization: string }>

/** Pays each request with an ERC-3009 authorization for a challenge of its own, as mppx's charge does. */
export function createChargePayer(url: string, signer: Signer): Pay {
  const authorization = { name: 'AI Token', version: '1' }
  const method = evm.charge({ account: signer, authorization, networks: [anvil.id] })
  return async () => {
    const challenge = Challenge.fromResponse(await ask(url), { methods: [method] })
    return { authorization: await method.createCredential({ challenge, context: {} }) }
  }
}

/** Pays each request with a voucher of mppx's session, from one channel for each connection. */
export async function createSessionPayer(url: string, signer: Signer, token: Address): Promise<Pay> {
  const challenge = Challenge.fromResponse(await ask(url))
  const amount = BigInt(String(challenge.request.amount))
  const signed = new Map<number, bigint>()
  const { getVoucherDomain: domainOf, voucherTypes: types } = Session.Precompile.Voucher
  const domain = domainOf(escrow, anvil.id)
  const source = `did:pkh:eip155:${anvil.id}:${signer.address}`
  return async (connection) => {
    const { channelId, descriptor } = mppxChannel(connection, token)
    const cumulativeAmount = (signed.get(connection) ?? 0n) + amount
    signed.set(connection, cumulativeAmount)
    const message = { channelId, cumulativeAmount }
    const hash = hashTypedData({ domain, message, primaryType: 'Voucher', types })
    const signature = await signer.sign({ hash })
    const payload = {
      action: 'voucher',
      channelId,
      cumulativeAmount: String(cumulativeAmount),
      descriptor,
      signature,
    }
    return { authorization: Credential.serialize({ challenge, payload, source }) }
  }
}

/** Asks without a payment, to be told what is asked for. */
function ask(url: string): Promise<Response> {
  return fetch(url, { body: '{}', method: 'POST' })
}
