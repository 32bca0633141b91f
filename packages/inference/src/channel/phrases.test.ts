import { deserializeCall, describe as say, serializeCall } from '@aitoken/core'
import { expect, test } from 'vitest'
import { alice, bob, carol } from '~test/accounts.js'

import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { setSessionCall } from '../session/setSession.js'
import { settleChannelCall } from '../settlement/settleChannel.js'
import { openChannelFromVaultCall } from '../vault/openChannelFromVault.js'
import { createSalt } from './createSalt.js'
import { channelPhrases } from './phrases.js'
import { requestCloseCall } from './requestClose.js'

const token = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const channels = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512'
const [payer, payee] = [bob.address, carol.address]
const channel = { authorizedSigner: payer, payee, payer, salt: createSalt(), token } as const

test('default: says what calls do', () => {
  const calls = [
    openChannelFromVaultCall({ channels, deposit: 5n * 10n ** 18n, payee, salt: channel.salt, token }),
    settleChannelCall({
      capture: 1n,
      chainId: 1,
      channel,
      channels,
      cumulativeAmount: 2n,
      signature: `0x${'11'.repeat(65)}`,
    }),
    requestCloseCall({ channel, channels }),
    setSessionCall({ cap: 10n ** 18n, channels, expiry: 1_900_000_000, key: alice.address, token }),
  ]
  const phrases = [{ abi: paymentChannelsAbi, phrases: channelPhrases }]
  const names = { [alice.address]: 'Alice', [payee]: 'Carol', [payer]: 'Bob' }
  expect(say(calls, { names, phrases, tokens: { [token]: { decimals: 18, symbol: 'AIT' } } })).toEqual([
    'Open a payment channel to Carol with 5 AIT from the vault.',
    'Settle the payment channel from Bob to Carol at 0.000000000000000001 AIT in total.',
    "Announce the payer's exit from the payment channel from Bob to Carol.",
    'Let Alice spend up to 1 AIT from the vault until 2030-03-17T17:46:40.000Z.',
  ])
  for (const call of calls)
    expect(deserializeCall(serializeCall(call))).toMatchObject({ args: call.args, data: call.data })
})
