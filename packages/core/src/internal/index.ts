export { signReceiveAuthorization } from '../authorization/signReceiveAuthorization.js'
export { awaitTransaction } from '../call/awaitTransaction.js'
export { type Call, call, type Mutability } from '../call/call.js'
export { checkAddress } from '../call/checkArguments.js'
export { confirm } from '../call/confirm.js'
export { send } from '../call/send.js'
export { type Bound, bind } from '../client/bind.js'
export { type VotesModules, votesModules } from '../client/votesModules.js'
export { addressOf } from '../deployment/addressOf.js'
export type { ContractName, Deployment, Deployments } from '../deployment/deployment.js'
export type { Phrasebook, PhraseContext, Phrases } from '../description/phrases.js'
export { findCause } from '../errors/findCause.js'
export {
  type AnyReverts,
  type ErrorSource,
  fromRevert,
  fromRevertData,
  type Reverts,
} from '../errors/fromRevert.js'
export { isUnknownMethod } from '../errors/isUnknownMethod.js'
export { toCallError } from '../errors/toCallError.js'
export { createLogDecoder, type EventArgs } from '../history/decodeLog.js'
export { fetchLogs } from '../history/fetchLogs.js'
export {
  type HistoricEvent,
  type HistoryParameters,
  type HistoryProgress,
  streamLogs,
} from '../history/streamLogs.js'
export { tokenReverts, tokenSource } from '../token/reverts.js'
export { accountOf } from './accountOf.js'
export type { ReadClient, WriteClient } from './client.js'
export { inOneHour } from './deadline.js'
export { randomNonce } from './randomNonce.js'
export { read } from './read.js'
export { sign } from './sign.js'
export { splitSignature } from './splitSignature.js'
export { verifySigner } from './verifySigner.js'
