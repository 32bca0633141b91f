import { AitokenError } from '@aitoken/core'
import type { Reverts } from '@aitoken/core/internal'
import { zeroAddress, zeroHash } from 'viem'
import { expect, test } from 'vitest'

import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { channelReverts } from './reverts.js'
import { tokenErrors } from './tokenErrors.js'

/** Some value of each type that an error carries. */
const samples: Record<string, unknown> = {
  address: zeroAddress,
  bytes: '0x',
  bytes32: zeroHash,
  string: 'text',
  uint256: 7n,
  uint32: 7,
}
const [token] = tokenErrors

test.each([
  [paymentChannelsAbi, channelReverts as Reverts<typeof paymentChannelsAbi>],
  [token.abi, token.reverts],
] as const)(
  'property: every custom error becomes one of ours, says something and keeps its cause',
  (abi, reverts) => {
    for (const item of abi) {
      if (item.type !== 'error') continue
      const values = item.inputs.map(({ type }) => samples[type])
      expect(values).not.toContain(undefined)
      const cause = new RangeError('the revert')
      const create: unknown = Reflect.get(reverts, item.name)
      if (typeof create !== 'function') throw new RangeError(`${item.name} has no class`)
      const error: unknown = create(values, cause)
      expect(error).toBeInstanceOf(AitokenError)
      expect(error).toMatchObject({ cause, name: (error as object).constructor.name })
      expect((error as AitokenError).hints.length).toBeGreaterThan(0)
      expect((error as AitokenError).message).not.toMatch(/undefined|\[object/)
    }
  },
)
