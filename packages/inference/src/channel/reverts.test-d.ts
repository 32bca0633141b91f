import type { ExtractAbiErrorNames } from 'abitype'
import { expectTypeOf, test } from 'vitest'

import type { paymentChannelsAbi } from '../generated/paymentChannels.js'
import type { channelReverts } from './reverts.js'

test('every custom error of the contract has a class', () => {
  type Unmapped = Exclude<ExtractAbiErrorNames<typeof paymentChannelsAbi>, keyof typeof channelReverts>
  expectTypeOf<Unmapped>().toBeNever()
})
