/**
 * Deploys the whole system, to addresses that can be computed beforehand. Carries the bytecode, so keep it out of apps.
 *
 * @module @aitoken/core/deploy
 */

export { InvalidCapError, InvalidTokenNameError } from '../token/errors.js'
export { deployAitoken } from './deployAitoken.js'
export { DeployerMissingError, DeploymentFailedError, DeploymentMismatchError } from './errors.js'
export type { DeployParameters } from './parameters.js'
export { predictDeployment } from './predictDeployment.js'
