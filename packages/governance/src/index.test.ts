import { expect, test } from 'vitest'

import * as surface from './index.js'

test('exports', () => {
  expect(Object.keys(surface).sort()).toMatchInlineSnapshot(`
    [
      "FutureLookupError",
      "HistoryUnavailableError",
      "createAitoken",
      "delegate",
      "delegateBySig",
      "delegateBySigCall",
      "delegateCall",
      "getCheckpoint",
      "getCheckpointCount",
      "getClock",
      "getClockMode",
      "getDelegate",
      "getDelegates",
      "getPastTotalSupply",
      "getPastVotes",
      "getVotes",
      "getVotingPowerHistory",
      "governanceActions",
      "hashDelegation",
      "signDelegation",
      "verifyDelegation",
    ]
  `)
})
