import type { ExtractAbiErrorNames } from 'abitype'
import type { ContractFunctionName } from 'viem'
import { expectTypeOf, test } from 'vitest'
import type { Mutability } from '../call/call.js'
import type { aiTokenAbi } from '../generated/aiToken.js'
import type { tokenPhrases } from './phrases.js'
import type { tokenReverts } from './reverts.js'

test('every custom error of the token has a class', () => {
  type Unmapped = Exclude<ExtractAbiErrorNames<typeof aiTokenAbi>, keyof typeof tokenReverts>
  expectTypeOf<Unmapped>().toBeNever()
})

test('every function of the token that changes state has a phrase', () => {
  type Unsaid = Exclude<ContractFunctionName<typeof aiTokenAbi, Mutability>, keyof typeof tokenPhrases>
  expectTypeOf<Unsaid>().toBeNever()
})
