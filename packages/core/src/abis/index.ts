export { accessManagerAbi } from '../generated/accessManager.js'
export { aiTokenAbi } from '../generated/aiToken.js'
