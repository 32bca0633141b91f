import type { ExtractAbiErrorNames } from 'abitype'
import { expectTypeOf, test } from 'vitest'

import type { providerRegistryAbi } from '../generated/providerRegistry.js'
import type { registryReverts } from './reverts.js'

test('every custom error of the registry has a class', () => {
  type Unmapped = Exclude<ExtractAbiErrorNames<typeof providerRegistryAbi>, keyof typeof registryReverts>
  expectTypeOf<Unmapped>().toBeNever()
})
