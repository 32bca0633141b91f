export { deployAitoken } from './deployAitoken.js'
export { DeployerMissingError, DeploymentFailedError, DeploymentMismatchError } from './errors.js'
export type { DeployParameters } from './parameters.js'
export { predictDeployment } from './predictDeployment.js'
