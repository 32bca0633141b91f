/**
 * Paid inference: payment channels, vouchers, prices, receipts, and what they are made of.
 *
 * @module @aitoken/inference
 */

export type { Archive, ArchiveEntry } from './archive/archive.js'
export { createMemoryArchive } from './archive/createMemoryArchive.js'
export { ArchiveDamagedError, ArchiveLockedError } from './archive/errors.js'
export type { ChannelRecord } from './books/channelRecord.js'
export { listChannels } from './books/listChannels.js'
export {
  ChannelSignatureError,
  ConsentExpiredError,
  NotPayeeError,
  NotPayerError,
  PermitFailedError,
} from './channel/accessErrors.js'
export { type Channel, type ChannelState, signerOf } from './channel/channel.js'
export { closeChannel, closeChannelCall } from './channel/closeChannel.js'
export {
  closeChannelWithStatement,
  closeChannelWithStatementCall,
} from './channel/closeChannelWithStatement.js'
export { createSalt } from './channel/createSalt.js'
export {
  AddressRoleError,
  AmountTooLargeError,
  AmountZeroError,
  DepositMismatchError,
  TokenMissingError,
  TokenRefusedError,
} from './channel/depositErrors.js'
export {
  ChannelClosedError,
  ChannelClosingError,
  ChannelExistsError,
  ChannelMissingError,
  CloseNotRequestedError,
  GracePeriodError,
} from './channel/errors.js'
export {
  type Authorization,
  type Consent,
  type Permit,
  type Permit2Transfer,
  permit2Address,
} from './channel/funding.js'
export { getChannel } from './channel/getChannel.js'
export { getChannels } from './channel/getChannels.js'
export { getLimits } from './channel/getLimits.js'
export { hashChannel } from './channel/hashChannel.js'
export { openChannel, openChannelCall } from './channel/openChannel.js'
export {
  openChannelWithAuthorization,
  openChannelWithAuthorizationCall,
} from './channel/openChannelWithAuthorization.js'
export { openChannelWithPermit, openChannelWithPermitCall } from './channel/openChannelWithPermit.js'
export { openChannelWithPermit2, openChannelWithPermit2Call } from './channel/openChannelWithPermit2.js'
export { channelPhrases } from './channel/phrases.js'
export { requestClose, requestCloseCall } from './channel/requestClose.js'
export { channelReverts } from './channel/reverts.js'
export { signOpenAuthorization } from './channel/signOpenAuthorization.js'
export { signOpenConsent, toOpenTypedData } from './channel/signOpenConsent.js'
export { signOpenPermit2 } from './channel/signOpenPermit2.js'
export { signPermitForChannels } from './channel/signPermitForChannels.js'
export { signTopUpAuthorization } from './channel/signTopUpAuthorization.js'
export { signTopUpConsent, toTopUpTypedData } from './channel/signTopUpConsent.js'
export { signTopUpPermit2 } from './channel/signTopUpPermit2.js'
export { topUpChannel, topUpChannelCall } from './channel/topUpChannel.js'
export {
  topUpChannelWithAuthorization,
  topUpChannelWithAuthorizationCall,
} from './channel/topUpChannelWithAuthorization.js'
export { topUpChannelWithPermit, topUpChannelWithPermitCall } from './channel/topUpChannelWithPermit.js'
export { topUpChannelWithPermit2, topUpChannelWithPermit2Call } from './channel/topUpChannelWithPermit2.js'
export { withdrawFromChannel, withdrawFromChannelCall } from './channel/withdrawFromChannel.js'
export { type ChannelActions, channelActions } from './client/channelActions.js'
export { createAitoken } from './client/createAitoken.js'
export { type RegistryActions, registryActions } from './client/registryActions.js'
export type { Budget } from './consumer/budget.js'
export type { ClosedAccount } from './consumer/closeAccount.js'
export type { Fetch } from './consumer/context.js'
export { type Consumer, createConsumer } from './consumer/createConsumer.js'
export type { RegistryOptions } from './consumer/createResolver.js'
export {
  AnswerTooLargeError,
  BudgetExceededError,
  ChannelNotOpenError,
  ChannelTakenError,
  ConsumerOptionError,
  DepositExceededError,
  ProviderNotAllowedError,
  StreamUnpaidError,
  UnansweredChargesError,
} from './consumer/errors.js'
export type { Lane } from './consumer/lanes.js'
export { type PriceRaise, PriceRaisedError, QuoteMismatchError } from './consumer/quoteErrors.js'
export {
  ProviderBondError,
  ProviderConvictedError,
  ProviderEndpointError,
  ProviderPayeeError,
  ProviderSignerError,
  type RegistrationMismatch,
} from './consumer/registrationErrors.js'
export { type AuditedReceipt, auditEvidence } from './evidence/auditEvidence.js'
export { auditReceipt, type ReceiptAudit } from './evidence/auditReceipt.js'
export type { ConflictProof } from './evidence/conflictProof.js'
export { decodeProof, encodeProof } from './evidence/encodeProof.js'
export {
  EvidenceContractError,
  EvidenceMalformedError,
  PayeeConsentError,
  ProofInvalidError,
  ReceiptOverdrawnError,
  ReceiptRepeatedError,
  ReceiptUnboundError,
  SignerTermError,
} from './evidence/errors.js'
export { exportEvidence } from './evidence/exportEvidence.js'
export type { OvercaptureProof, SignedTotal } from './evidence/overcaptureProof.js'
export { proveConflict } from './evidence/proveConflict.js'
export { proveOvercapture } from './evidence/proveOvercapture.js'
export type { Standing } from './evidence/readStanding.js'
export { verifyConflict } from './evidence/verifyConflict.js'
export { type OvercaptureVerdict, verifyOvercapture } from './evidence/verifyOvercapture.js'
export { FeeTooHighError } from './fee/errors.js'
export { getFee } from './fee/getFee.js'
export { getFeeAuthority } from './fee/getFeeAuthority.js'
export { setFee, setFeeCall } from './fee/setFee.js'
export { setFeeAuthority, setFeeAuthorityCall } from './fee/setFeeAuthority.js'
export { createReceiptCode, createRequestCode } from './grant/createRequestCode.js'
export {
  GrantCodeError,
  GrantExpiredError,
  GrantInsecureError,
  GrantLimitError,
  GrantMalformedError,
  GrantReplayedError,
  GrantSignerError,
  GrantsFullError,
  GrantUnknownError,
} from './grant/errors.js'
export { hashSessionGrant } from './grant/hashSessionGrant.js'
export { nameSessionKey } from './grant/nameSessionKey.js'
export { type SessionGrant, toSessionGrantTypedData } from './grant/sessionGrant.js'
export { signSessionGrant } from './grant/signSessionGrant.js'
export { verifySessionGrant } from './grant/verifySessionGrant.js'
export {
  type ChannelBook,
  createChannelBook,
  enterChannelEvent,
  sessionKey,
  vaultKey,
} from './history/channelBook.js'
export { type ChannelEvent, toChannelEvents } from './history/channelEvent.js'
export { getChannelEvents } from './history/getChannelEvents.js'
export { rebuildChannels } from './history/rebuildChannels.js'
export { watchChannels } from './history/watchChannels.js'
export {
  AnswerGoneError,
  type AnswerLoss,
  IdempotencyConflictError,
  IdempotencyKeyError,
  JournalCorruptError,
  RequestInFlightError,
} from './journal/errors.js'
export type { JournalOptions } from './journal/readJournal.js'
export { acceptGrant, acceptNumber, maxGrants } from './ledger/acceptGrant.js'
export { acceptLink } from './ledger/acceptLink.js'
export { acceptVoucher, coverSpent } from './ledger/acceptVoucher.js'
export { beginClose, cancelClose, endClose, noteSettlement } from './ledger/close.js'
export { commit } from './ledger/commit.js'
export { createLedger } from './ledger/createLedger.js'
export {
  ChannelBusyError,
  ChannelEndingError,
  CreditInsufficientError,
  ReservationError,
  VoucherLoweredError,
  VoucherOverdrawnError,
  VoucherReplayedError,
} from './ledger/errors.js'
export { extend } from './ledger/extend.js'
export {
  availableCredit,
  type GrantedSession,
  type Ledger,
  type LedgerStatus,
  type Reservation,
  type RevealedStream,
  type SettlementClaim,
  sumReserved,
} from './ledger/ledger.js'
export { type Capture, planCapture } from './ledger/planCapture.js'
export { release, sweep } from './ledger/release.js'
export { reserve } from './ledger/reserve.js'
export { syncLedger } from './ledger/syncLedger.js'
export { PolicyUnavailableError, RequestForbiddenError } from './policy/errors.js'
export type { PolicyDecision, PolicyRequest, RequestPolicy } from './policy/requestPolicy.js'
export { boundCost, boundOutput, type OutputLimits } from './price/boundCost.js'
export {
  PriceInvalidError,
  PriceTableExpiredError,
  PriceTableSignerError,
  UsageInvalidError,
} from './price/errors.js'
export { hashPriceTable } from './price/hashPriceTable.js'
export {
  type InferenceDomain,
  type ModelPrice,
  type PriceTable,
  toPriceTableTypedData,
} from './price/priceTable.js'
export { priceUsage } from './price/priceUsage.js'
export { signPriceTable } from './price/signPriceTable.js'
export type { Usage } from './price/usage.js'
export { verifyPriceTable } from './price/verifyPriceTable.js'
export type { ClosedChannel } from './provider/closeChannel.js'
export { createProvider } from './provider/createProvider.js'
export { ProviderOptionError, UpstreamRefusedError } from './provider/errors.js'
export type { FlushedProvider } from './provider/flushProvider.js'
export type {
  BooksState,
  Log,
  Metrics,
  Observer,
  Outcome,
  ProviderState,
  RequestReport,
  TransactionReport,
} from './provider/observer.js'
export type { Provider } from './provider/provider.js'
export type { SettledChannels } from './provider/settleChannels.js'
export {
  BillExceedsUsageError,
  ReceiptConflictError,
  ReceiptMalformedError,
  ReceiptMismatchError,
  ReceiptMissingError,
  ReceiptSignerError,
} from './receipt/errors.js'
export { createReceiptHasher, hashReceipt } from './receipt/hashReceipt.js'
export { type SignedReceipt, toReceiptTypedData, type UsageReceipt } from './receipt/receipt.js'
export { type ReceiptAccount, signReceipt } from './receipt/signReceipt.js'
export { verifyReceipt } from './receipt/verifyReceipt.js'
export { acceptProvider, acceptProviderCall } from './registry/acceptProvider.js'
export {
  BondInsufficientError,
  BondMismatchError,
  NothingBondedError,
  NothingUnbondingError,
  StillUnbondingError,
  UnbondingDelayError,
} from './registry/bondErrors.js'
export { bondProvider, bondProviderCall } from './registry/bondProvider.js'
export { deregisterProvider, deregisterProviderCall } from './registry/deregisterProvider.js'
export {
  EndpointLengthError,
  ManifestUriLengthError,
  ProviderDeregisteredError,
  ProviderNotOfferedError,
  ProviderOwnerError,
  ProviderUnknownError,
  RegistrationMissingError,
  RegistryAddressError,
  SignerRetiredError,
} from './registry/errors.js'
export { getProvider } from './registry/getProvider.js'
export { getProviderCount } from './registry/getProviderCount.js'
export { getProviderEvents } from './registry/getProviderEvents.js'
export { getRegistryTerms } from './registry/getRegistryTerms.js'
export { getSignerTerm } from './registry/getSignerTerm.js'
export { getSlashAuthority } from './registry/getSlashAuthority.js'
export { isAccountable } from './registry/isAccountable.js'
export { isReceiptSigner } from './registry/isReceiptSigner.js'
export type { Listing } from './registry/listing.js'
export { listProviders } from './registry/listProviders.js'
export { offerProvider, offerProviderCall } from './registry/offerProvider.js'
export { registryPhrases } from './registry/phrases.js'
export { ReceiptChannelError, ReceiptsAgreeError, SignerNotAccountableError } from './registry/proofErrors.js'
export { type ProviderEvent, toProviderEvents } from './registry/providerEvent.js'
export { readProviderId } from './registry/readProviderId.js'
export type { RegisteredProvider } from './registry/registeredProvider.js'
export { registerProvider, registerProviderCall } from './registry/registerProvider.js'
export { registryReverts } from './registry/reverts.js'
export { setSlashAuthority, setSlashAuthorityCall } from './registry/setSlashAuthority.js'
export { slashProvider, slashProviderCall } from './registry/slashProvider.js'
export { slashWithProof, slashWithProofCall } from './registry/slashWithProof.js'
export { unbondProvider, unbondProviderCall } from './registry/unbondProvider.js'
export { updateProvider, updateProviderCall } from './registry/updateProvider.js'
export { wasPayee } from './registry/wasPayee.js'
export { watchProviders } from './registry/watchProviders.js'
export { withdrawBond, withdrawBondCall } from './registry/withdrawBond.js'
export { createPayeeTree, type PayeeTree } from './session/createPayeeTree.js'
export {
  SessionCapError,
  SessionExpiredError,
  SessionPayeeError,
  SessionUnknownError,
} from './session/errors.js'
export { getSession } from './session/getSession.js'
export { openChannelWithSession, openChannelWithSessionCall } from './session/openChannelWithSession.js'
export { openChannelWithSignature, openChannelWithSignatureCall } from './session/openChannelWithSignature.js'
export { revokeSession, revokeSessionCall } from './session/revokeSession.js'
export type { Session } from './session/session.js'
export { setSession, setSessionCall } from './session/setSession.js'
export { signOpenFromVault, toOpenFromVaultTypedData } from './session/signOpenFromVault.js'
export { topUpChannelWithSession, topUpChannelWithSessionCall } from './session/topUpChannelWithSession.js'
export {
  CaptureAboveAuthorizedError,
  CaptureAboveDepositError,
  CaptureTooLowError,
  RowsTruncatedError,
  StreamPreimageError,
  StreamStepsError,
} from './settlement/errors.js'
export { isOperator } from './settlement/isOperator.js'
export { type Batch, packSettlements } from './settlement/packSettlements.js'
export { readSettlements, type Settled, type Skipped } from './settlement/readSettlements.js'
export { setOperator, setOperatorCall } from './settlement/setOperator.js'
export { settleChannel, settleChannelCall } from './settlement/settleChannel.js'
export { settleChannels, settleChannelsCall } from './settlement/settleChannels.js'
export type { Settlement } from './settlement/settlement.js'
export { createNobleEngine } from './signature/createNobleEngine.js'
export { createWasmEngine } from './signature/createWasmEngine.js'
export type { SignatureEngine } from './signature/engine.js'
export { EngineUnavailableError, PrivateKeyError, SignatureMalformedError } from './signature/errors.js'
export { loadEngine } from './signature/loadEngine.js'
export { parseSignature } from './signature/parseSignature.js'
export { privateKeyToSigner, type Signer } from './signature/privateKeyToSigner.js'
export { recoverSigner } from './signature/recoverSigner.js'
export { restoreParity } from './signature/restoreParity.js'
export { StatementMalformedError, StatementSignerError } from './statement/errors.js'
export { hashStatement } from './statement/hashStatement.js'
export { signStatement } from './statement/signStatement.js'
export { type Statement, toStatementTypedData } from './statement/statement.js'
export { verifyStatement } from './statement/verifyStatement.js'
export { createMemoryStore } from './store/createMemoryStore.js'
export {
  StoreClosedError,
  StoreCorruptError,
  StoreFailedError,
  StoreRuntimeError,
  StoreVersionError,
} from './store/errors.js'
export type { LedgerStore, StoredAnswer, Transition } from './store/store.js'
export { createStream, maxStreamSteps, type Stream } from './stream/createStream.js'
export { createStreamVerifier, type StreamVerifier } from './stream/createStreamVerifier.js'
export {
  StreamCommitMalformedError,
  StreamCommitSignerError,
  StreamLinkError,
  StreamReplayedError,
  StreamUncoveredError,
  StreamUnitError,
  StreamUnknownError,
} from './stream/errors.js'
export { hashStreamCommit } from './stream/hashStreamCommit.js'
export { settleStream, settleStreamCall } from './stream/settleStream.js'
export { signStreamCommit } from './stream/signStreamCommit.js'
export { type StreamCommit, toStreamCommitTypedData } from './stream/streamCommit.js'
export { verifyStreamCommit } from './stream/verifyStreamCommit.js'
export { createOpenaiUpstream, UpstreamUrlError } from './upstream/createOpenaiUpstream.js'
export type { Upstream } from './upstream/upstream.js'
export { depositToVault, depositToVaultCall } from './vault/depositToVault.js'
export {
  depositToVaultWithAuthorization,
  depositToVaultWithAuthorizationCall,
} from './vault/depositToVaultWithAuthorization.js'
export { VaultInsufficientError } from './vault/errors.js'
export { getVaultBalance } from './vault/getVaultBalance.js'
export { openChannelFromVault, openChannelFromVaultCall } from './vault/openChannelFromVault.js'
export { signDepositAuthorization } from './vault/signDepositAuthorization.js'
export { topUpChannelFromVault, topUpChannelFromVaultCall } from './vault/topUpChannelFromVault.js'
export { withdrawFromVault, withdrawFromVaultCall } from './vault/withdrawFromVault.js'
export { createVoucherHasher } from './voucher/createVoucherHasher.js'
export { createVoucherSigner } from './voucher/createVoucherSigner.js'
export { createVoucherVerifier } from './voucher/createVoucherVerifier.js'
export { VoucherAmountError, VoucherMalformedError, VoucherSignerError } from './voucher/errors.js'
export { hashVoucher } from './voucher/hashVoucher.js'
export { signVoucher } from './voucher/signVoucher.js'
export { verifyVoucher } from './voucher/verifyVoucher.js'
export { toVoucherTypedData, type Voucher, type VoucherDomain } from './voucher/voucher.js'
export type { Alarm } from './watchtower/alarm.js'
export type {
  ConsumerAlarm,
  ConsumerWatchOptions,
  ConsumerWatchReport,
  ConsumerWatchtower,
} from './watchtower/consumerWatchtower.js'
export { CaptureExceedsBillsError, NodeTimeoutError, SettlementSkippedError } from './watchtower/errors.js'
export type { RecoveredLedgers, RecoverOptions } from './watchtower/recoverLedgers.js'
export type { WatchOptions, WatchReport, Watchtower } from './watchtower/watchtower.js'
export type { ChannelAccount } from './wire/channelState.js'
export { createCommentSplitter, encodeComment, type PaymentComment } from './wire/comment.js'
export {
  ChannelMismatchError,
  ChannelUnknownError,
  CloseAmountError,
  PaymentHeaderError,
  PaymentRequiredError,
  PriceChangedError,
  QuoteInvalidError,
} from './wire/errors.js'
export type {
  LinkCommit,
  LinkPayment,
  Payment,
  PaymentDescriptor,
  PaymentTerms,
  SessionPayment,
  VoucherPayment,
} from './wire/payment.js'
export { decodePayment, encodePayment } from './wire/paymentHeader.js'
export { decodeProblem, encodeProblem } from './wire/problemDocument.js'
export { decodeQuote, encodeQuote, type Quote, quotePath } from './wire/quote.js'
export { decodeReceipt, encodeReceipt } from './wire/receiptText.js'
export {
  BodyInvalidError,
  BodyTooLargeError,
  BooksUnavailableError,
  ChainUnavailableError,
  ModelUnknownError,
  ProviderBusyError,
  ProviderDrainingError,
  ProviderFailedError,
  RouteUnknownError,
  UpstreamError,
  UpstreamTimeoutError,
} from './wire/serviceErrors.js'
