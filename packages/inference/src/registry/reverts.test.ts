import { AitokenError, deserializeCall, describe as say, serializeCall } from '@aitoken/core'
import { zeroAddress, zeroHash } from 'viem'
import { expect, test } from 'vitest'
import { alice, bob, carol } from '~test/accounts.js'

import { createSalt } from '../channel/createSalt.js'
import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { emptyReceipt } from '../receipt/receipt.js'
import { acceptProviderCall } from './acceptProvider.js'
import { bondProviderCall } from './bondProvider.js'
import { deregisterProviderCall } from './deregisterProvider.js'
import { offerProviderCall } from './offerProvider.js'
import { registryPhrases } from './phrases.js'
import { registerProviderCall } from './registerProvider.js'
import { registryReverts } from './reverts.js'
import { setSlashAuthorityCall } from './setSlashAuthority.js'
import { slashProviderCall } from './slashProvider.js'
import { slashWithProofCall } from './slashWithProof.js'
import { unbondProviderCall } from './unbondProvider.js'
import { updateProviderCall } from './updateProvider.js'
import { withdrawBondCall } from './withdrawBond.js'

/** Some value of each type that an error carries. */
const samples: Record<string, unknown> = { address: zeroAddress, bytes32: zeroHash, uint256: 7n, uint32: 7 }

test('property: every custom error becomes one of ours, says something and keeps its cause', () => {
  for (const item of providerRegistryAbi) {
    if (item.type !== 'error') continue
    const values = item.inputs.map(({ type }) => samples[type])
    expect(values).not.toContain(undefined)
    const cause = new RangeError('the revert')
    const create: unknown = Reflect.get(registryReverts, item.name)
    if (typeof create !== 'function') throw new RangeError(`${item.name} has no class`)
    const error: unknown = create(values, cause)
    expect(error).toBeInstanceOf(AitokenError)
    expect(error).toMatchObject({ cause, name: (error as object).constructor.name })
    expect((error as AitokenError).hints.length).toBeGreaterThan(0)
    expect((error as AitokenError).message).not.toMatch(/undefined|\[object/)
  }
})

test('behavior: says what calls do', () => {
  const registry = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512'
  const at = { id: 7n, registry } as const
  const [payee, receiptSigner] = [carol.address, bob.address]
  const listing = { endpoint: 'https://carol.example', payee, receiptSigner }
  const zero = { authorizedSigner: zeroAddress, payee, payer: alice.address, salt: createSalt() }
  const receipt = { receipt: { ...emptyReceipt(), sequence: 3n }, signature: '0x' } as const
  const calls = [
    registerProviderCall({ bond: 5n, listing, registry }),
    updateProviderCall({ ...at, listing }),
    deregisterProviderCall(at),
    offerProviderCall({ ...at, newOwner: alice.address }),
    offerProviderCall({ ...at, newOwner: zeroAddress }),
    acceptProviderCall(at),
    bondProviderCall({ ...at, amount: 5n }),
    unbondProviderCall({ ...at, amount: 5n }),
    withdrawBondCall({ ...at, to: alice.address }),
    slashProviderCall({ ...at, amount: 5n, reason: zeroHash }),
    slashProviderCall({ ...at, amount: 5n, reason: zeroHash, recipient: alice.address }),
    slashWithProofCall({
      ...at,
      channel: { ...zero, token: registry },
      first: receipt,
      second: receipt,
    }),
    setSlashAuthorityCall({ authority: alice.address, registry }),
  ]
  const phrases = [{ abi: providerRegistryAbi, phrases: registryPhrases }]
  const names = { [alice.address]: 'Alice', [payee]: 'Carol', [receiptSigner]: 'Bob' }
  expect(say(calls, { names, phrases })).toMatchInlineSnapshot(`
    [
      "Register a provider at https://carol.example that is paid as Carol and signs as Bob, bonding 5 base units.",
      "Let provider 7 answer at https://carol.example, be paid as Carol and sign as Bob.",
      "Take provider 7 off the list for good, and start unbonding all of its bond.",
      "Offer provider 7 to Alice.",
      "Take back the offer of provider 7.",
      "Take over provider 7.",
      "Add 5 base units to the bond of provider 7.",
      "Start unbonding 5 base units of provider 7.",
      "Withdraw what provider 7 has unbonded to Alice.",
      "Burn up to 5 base units of what provider 7 has bonded, for reason 0x0000000000000000000000000000000000000000000000000000000000000000.",
      "Give Alice up to 5 base units of what provider 7 has bonded, for reason 0x0000000000000000000000000000000000000000000000000000000000000000.",
      "Prove that provider 7 signed two receipts for number 3 of a channel of Alice.",
      "Let the access manager Alice govern who may slash providers.",
    ]
  `)
  for (const call of calls)
    expect(deserializeCall(serializeCall(call))).toMatchObject({ args: call.args, data: call.data })
})
