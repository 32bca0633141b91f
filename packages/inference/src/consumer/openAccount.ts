import { approve, confirm } from '@aitoken/core'
import { read } from '@aitoken/core/internal'
import { type Abi, type Address, zeroAddress } from 'viem'

import type { Channel } from '../channel/channel.js'
import { createSalt } from '../channel/createSalt.js'
import { hashChannel } from '../channel/hashChannel.js'
import { openChannel } from '../channel/openChannel.js'
import { openChannelWithAuthorization } from '../channel/openChannelWithAuthorization.js'
import { signOpenAuthorization } from '../channel/signOpenAuthorization.js'
import { isSameAddress } from '../internal/address.js'
import type { Quote } from '../wire/quote.js'
import type { ChannelRecord, ProviderAccount } from './account.js'
import { type ConsumerContext, storeKey } from './context.js'
import { readQuote } from './readQuote.js'

/**
 * Begins dealings with a provider: reads its quote, and finds the channel of an earlier run or opens one.
 *
 * @param context - The consumer.
 * @param origin - The provider.
 * @returns The dealings.
 * @throws What reading the quote and opening the channel throw; nothing is owed then.
 */
export async function openAccount(context: ConsumerContext, origin: string): Promise<ProviderAccount> {
  const quote = await readQuote(context, origin)
  const key = storeKey(context, origin)
  const held = await context.store.load(key)
  const kept = held && isSameAddress(held.channel.payee, quote.payee) ? held : undefined
  const record = kept ?? (await open(context, quote))
  if (!kept) await context.store.save(key, record)
  const account: ProviderAccount = {
    allotments: new Set(),
    base: record.signed,
    began: record.billed,
    introduced: false,
    origin,
    quote,
    receipts: new Map(),
    record,
    stopped: undefined,
  }
  // What an earlier run signed for without a bill is settled when the provider tells its account.
  if (record.signed > record.billed)
    account.allotments.add({ amount: record.signed - record.billed, lost: true })
  context.opened.add(account)
  return account
}

/** Opens a channel in one transaction where the token takes ERC-3009 authorizations, and in two elsewhere. */
async function open(context: ConsumerContext, quote: Quote): Promise<ChannelRecord> {
  const { budget, channels, client, signer, token } = context
  const deposit = context.deposit ?? budget.session + quote.safetyMargin
  const payer = client.account.address
  const channel: Channel = {
    authorizedSigner: isSameAddress(signer.address, payer) ? zeroAddress : signer.address,
    payee: quote.payee,
    payer,
    salt: createSalt(),
    token,
  }
  const channelId = hashChannel({ chainId: client.chain.id, channel, channels })
  const hash = (await takesAuthorizations(context, token))
    ? await openWithAuthorization(context, channel, deposit)
    : await openWithAllowance(context, channel, deposit)
  await confirm(client, { hash })
  return { billed: 0n, channel, channelId, deposit, signed: 0n }
}

async function openWithAuthorization(context: ConsumerContext, channel: Channel, deposit: bigint) {
  const { channels, client } = context
  const validBefore = BigInt(Math.floor(context.now() / 1000)) + 3600n
  const authorization = await signOpenAuthorization(client, { channel, channels, deposit, validBefore })
  return openChannelWithAuthorization(client, { authorization, channel, channels, deposit })
}

async function openWithAllowance(context: ConsumerContext, channel: Channel, deposit: bigint) {
  const { channels, client, token } = context
  await confirm(client, { hash: await approve(client, { amount: deposit, spender: channels, token }) })
  const { hash } = await openChannel(client, { ...channel, channels, deposit })
  return hash
}

/** Whether a token has what ERC-3009 needs: the state of authorizations, and a domain to sign for (ERC-5267). */
async function takesAuthorizations({ client }: ConsumerContext, token: Address): Promise<boolean> {
  const nonce = `0x${'00'.repeat(32)}` as const
  const args = [client.account.address, nonce] as const
  try {
    await Promise.all([
      read(client, { abi: authorizationAbi, address: token, args, functionName: 'authorizationState' }),
      read(client, { abi: authorizationAbi, address: token, args: [], functionName: 'eip712Domain' }),
    ])
    return true
  } catch {
    // A token without these functions is approved instead; if the node is down, that fails and says so.
    return false
  }
}

const authorizationAbi = [
  {
    inputs: [
      { name: 'authorizer', type: 'address' },
      { name: 'nonce', type: 'bytes32' },
    ],
    name: 'authorizationState',
    outputs: [{ name: 'used', type: 'bool' }],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'eip712Domain',
    outputs: [
      { name: 'fields', type: 'bytes1' },
      { name: 'name', type: 'string' },
      { name: 'version', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' },
      { name: 'salt', type: 'bytes32' },
      { name: 'extensions', type: 'uint256[]' },
    ],
    stateMutability: 'view',
    type: 'function',
  },
] as const satisfies Abi
