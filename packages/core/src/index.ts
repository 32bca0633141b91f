/**
 * The token: transfers, permits, gasless authorizations, votes, bridges, histories; and calls that can be sent, batched, simulated, described and kept.
 *
 * @module @aitoken/core
 */

export { cancelAuthorization, cancelAuthorizationCall } from './authorization/cancelAuthorization.js'
export { AuthorizationTimeError, AuthorizationUsedError } from './authorization/errors.js'
export { getAuthorizationState } from './authorization/getAuthorizationState.js'
export { hashAuthorizationCancellation } from './authorization/hashAuthorizationCancellation.js'
export { hashReceiveAuthorization } from './authorization/hashReceiveAuthorization.js'
export { hashTransferAuthorization } from './authorization/hashTransferAuthorization.js'
export {
  receiveWithAuthorization,
  receiveWithAuthorizationCall,
} from './authorization/receiveWithAuthorization.js'
export { signAuthorizationCancellation } from './authorization/signAuthorizationCancellation.js'
export { signReceiveAuthorization } from './authorization/signReceiveAuthorization.js'
export { signTransferAuthorization } from './authorization/signTransferAuthorization.js'
export type { AuthorizationCancellationMessage } from './authorization/toAuthorizationCancellationTypedData.js'
export type { ReceiveAuthorizationMessage } from './authorization/toReceiveAuthorizationTypedData.js'
export type { TransferAuthorizationMessage } from './authorization/toTransferAuthorizationTypedData.js'
export {
  transferWithAuthorization,
  transferWithAuthorizationCall,
} from './authorization/transferWithAuthorization.js'
export { verifyAuthorizationCancellation } from './authorization/verifyAuthorizationCancellation.js'
export { verifyReceiveAuthorization } from './authorization/verifyReceiveAuthorization.js'
export { verifyTransferAuthorization } from './authorization/verifyTransferAuthorization.js'
export { AtomicityUnsupportedError, BatchFailedError } from './batch/errors.js'
export { sendCalls } from './batch/sendCalls.js'
export type { BridgeLimit, BridgeLimits } from './bridge/bridgeLimits.js'
export { crosschainBurn, crosschainBurnCall } from './bridge/crosschainBurn.js'
export { crosschainMint, crosschainMintCall } from './bridge/crosschainMint.js'
export {
  BridgeLimitExceededError,
  InvalidBridgeError,
  InvalidBridgeLimitError,
  UnauthorizedBridgeError,
} from './bridge/errors.js'
export { getBridgeAvailable } from './bridge/getBridgeAvailable.js'
export { getBridgeLimits } from './bridge/getBridgeLimits.js'
export { setBridgeLimits, setBridgeLimitsCall } from './bridge/setBridgeLimits.js'
export { type Call, call } from './call/call.js'
export { confirm } from './call/confirm.js'
export { deserializeCall } from './call/deserializeCall.js'
export {
  TransactionReplacedError,
  TransactionRevertedError,
  TransactionUnconfirmedError,
} from './call/errors.js'
export { prepareRequest } from './call/prepareRequest.js'
export { send } from './call/send.js'
export { serializeCall } from './call/serializeCall.js'
export { type CoreActions, coreActions } from './client/coreActions.js'
export { createAitoken } from './client/createAitoken.js'
export { addressOf } from './deployment/addressOf.js'
export type { ContractName, Deployment, Deployments } from './deployment/deployment.js'
export { parseDeployments } from './deployment/parseDeployments.js'
export { withDeployment } from './deployment/withDeployment.js'
export { describe } from './description/describe.js'
export type { Phrasebook, PhraseContext, Phrases } from './description/phrases.js'
export { AccessDelayedError } from './errors/AccessDelayedError.js'
export { AccessDeniedError } from './errors/AccessDeniedError.js'
export { AccountMissingError } from './errors/AccountMissingError.js'
export { AitokenError } from './errors/AitokenError.js'
export { CallFailedError } from './errors/CallFailedError.js'
export { ChainNotSupportedError } from './errors/ChainNotSupportedError.js'
export { ContractInvariantError } from './errors/ContractInvariantError.js'
export { ContractMissingError } from './errors/ContractMissingError.js'
export { ContractRevertError } from './errors/ContractRevertError.js'
export type { ErrorSource, Reverts } from './errors/fromRevert.js'
export { InsufficientFundsError } from './errors/InsufficientFundsError.js'
export { InvalidAddressError } from './errors/InvalidAddressError.js'
export { InvalidAmountError } from './errors/InvalidAmountError.js'
export { InvalidArgumentError } from './errors/InvalidArgumentError.js'
export { InvalidAuthorityError } from './errors/InvalidAuthorityError.js'
export { InvalidNonceError } from './errors/InvalidNonceError.js'
export { InvalidSignatureError } from './errors/InvalidSignatureError.js'
export { OperationNotReadyError } from './errors/OperationNotReadyError.js'
export { SignatureExpiredError } from './errors/SignatureExpiredError.js'
export { SignerMismatchError } from './errors/SignerMismatchError.js'
export { UserRejectedError } from './errors/UserRejectedError.js'
export { deployments } from './generated/deployments.js'
export type { LogData } from './history/decodeLog.js'
export { HistoryUnavailableError } from './history/errors.js'
export type { HistoryParameters, HistoryProgress } from './history/streamLogs.js'
export type { ReadClient, WriteClient } from './internal/client.js'
export type { TokenDomain } from './permit/domain.js'
export { DomainMismatchError } from './permit/errors.js'
export { getDomain } from './permit/getDomain.js'
export { getNonce } from './permit/getNonce.js'
export { hashPermit } from './permit/hashPermit.js'
export { permit, permitCall } from './permit/permit.js'
export { signPermit } from './permit/signPermit.js'
export type { PermitMessage } from './permit/toPermitTypedData.js'
export { verifyPermit } from './permit/verifyPermit.js'
export { SimulationUnsupportedError } from './simulation/errors.js'
export type { BalanceChange } from './simulation/findChanges.js'
export type { AllowanceChange } from './simulation/probeAllowances.js'
export { simulate } from './simulation/simulate.js'
export { approve, approveCall } from './token/approve.js'
export { approveAndCall, approveAndCallCall } from './token/approveAndCall.js'
export { burn, burnCall } from './token/burn.js'
export { burnFrom, burnFromCall } from './token/burnFrom.js'
export {
  CallbackRefusedError,
  CapExceededError,
  InsufficientAllowanceError,
  InsufficientBalanceError,
  InvalidCapError,
  InvalidReceiverError,
  InvalidSpenderError,
  InvalidTokenNameError,
} from './token/errors.js'
export { getAllowance } from './token/getAllowance.js'
export { getApprovals } from './token/getApprovals.js'
export { getAuthority } from './token/getAuthority.js'
export { getBalance } from './token/getBalance.js'
export { getCap } from './token/getCap.js'
export { getMetadata } from './token/getMetadata.js'
export { getTotalSupply } from './token/getTotalSupply.js'
export { getTransfers } from './token/getTransfers.js'
export { mint, mintCall } from './token/mint.js'
export { tokenPhrases } from './token/phrases.js'
export { tokenReverts } from './token/reverts.js'
export { setAuthority, setAuthorityCall } from './token/setAuthority.js'
export { type Approval, streamApprovals } from './token/streamApprovals.js'
export { streamTransfers, type Transfer } from './token/streamTransfers.js'
export { supportsInterface } from './token/supportsInterface.js'
export { transfer, transferCall } from './token/transfer.js'
export { transferAndCall, transferAndCallCall } from './token/transferAndCall.js'
export { transferFrom, transferFromCall } from './token/transferFrom.js'
export { transferFromAndCall, transferFromAndCallCall } from './token/transferFromAndCall.js'
export { watchApprovals } from './token/watchApprovals.js'
export { watchTransfers } from './token/watchTransfers.js'
export { delegate, delegateCall } from './votes/delegate.js'
export { delegateBySig, delegateBySigCall } from './votes/delegateBySig.js'
export { FutureLookupError } from './votes/errors.js'
export { getCheckpoint } from './votes/getCheckpoint.js'
export { getCheckpointCount } from './votes/getCheckpointCount.js'
export { getClock } from './votes/getClock.js'
export { getClockMode } from './votes/getClockMode.js'
export { getDelegate } from './votes/getDelegate.js'
export { getPastTotalSupply } from './votes/getPastTotalSupply.js'
export { getPastVotes } from './votes/getPastVotes.js'
export { getVotes } from './votes/getVotes.js'
export { hashDelegation } from './votes/hashDelegation.js'
export { signDelegation } from './votes/signDelegation.js'
export type { DelegationMessage } from './votes/toDelegationTypedData.js'
export { verifyDelegation } from './votes/verifyDelegation.js'
