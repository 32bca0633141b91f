import type { ErrorSource, Reverts } from './fromRevert.js'
import { OperationNotReadyError } from './OperationNotReadyError.js'

/** The errors of the access manager that surface when a delayed call was not scheduled. */
const errors = [
  { inputs: [{ name: 'operationId', type: 'bytes32' }], name: 'AccessManagerExpired', type: 'error' },
  { inputs: [{ name: 'operationId', type: 'bytes32' }], name: 'AccessManagerNotReady', type: 'error' },
  { inputs: [{ name: 'operationId', type: 'bytes32' }], name: 'AccessManagerNotScheduled', type: 'error' },
] as const

const reverts = {
  AccessManagerExpired: ([operationId], cause) =>
    new OperationNotReadyError({ cause, operationId, state: 'expired' }),
  AccessManagerNotReady: ([operationId], cause) =>
    new OperationNotReadyError({ cause, operationId, state: 'early' }),
  AccessManagerNotScheduled: ([operationId], cause) =>
    new OperationNotReadyError({ cause, operationId, state: 'unscheduled' }),
} as const satisfies Reverts<typeof errors>

/** The access manager, as far as its errors surface from the contracts that it governs. */
export const accessSource = { abi: errors, reverts } as const satisfies ErrorSource
