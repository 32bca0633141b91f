/**
 * ABIs of the token and its access manager, as viem takes them.
 *
 * @module @aitoken/core/abis
 */

export { accessManagerAbi } from '../generated/accessManager.js'
export { aiTokenAbi } from '../generated/aiToken.js'
