export { type Call, call, type Mutability } from '../call/call.js'
export { confirm } from '../call/confirm.js'
export { send } from '../call/send.js'
export { type Bound, bind } from '../client/bind.js'
export { addressOf } from '../deployment/addressOf.js'
export type { ContractName, Deployment, Deployments } from '../deployment/deployment.js'
export {
  type AnyReverts,
  type ErrorSource,
  fromRevert,
  fromRevertData,
  type Reverts,
} from '../errors/fromRevert.js'
export { toCallError } from '../errors/toCallError.js'
export { tokenReverts } from '../token/reverts.js'
export type { ReadClient, WriteClient } from './client.js'
export { read } from './read.js'
