import { expect, test } from 'vitest'

import * as abis from './abis/index.js'
import * as surface from './index.js'

test('exports', () => {
  const names = Object.keys(surface).filter((name) => !name.endsWith('Error'))
  expect(names.sort()).toMatchInlineSnapshot()
  expect(Object.keys(abis).sort()).toMatchInlineSnapshot(`
    [
      "paymentChannelsAbi",
      "providerRegistryAbi",
    ]
  `)
})
