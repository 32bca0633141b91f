/** ABI of `ProviderRegistry`. Generated from contracts/src/inference/ProviderRegistry.sol; do not edit. */
export const providerRegistryAbi = [
  {"type":"constructor","inputs":[{"name":"authority","type":"address"},{"name":"token","type":"address"},{"name":"channels","type":"address"},{"name":"delay","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Takes over a provider that was offered to the caller. */
  {"type":"function","name":"acceptOwnership","inputs":[{"name":"id","type":"uint256"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"authority","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  /** Adds to a provider's bond, from the caller's allowance. Anybody may; it is the owner's afterwards. */
  {"type":"function","name":"bond","inputs":[{"name":"id","type":"uint256"},{"name":"amount","type":"uint256"}],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"nonpayable"},
  /** The token that is bonded. */
  {"type":"function","name":"bondToken","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  /** Takes a provider off the list for good and starts unbonding all that it has bonded. Only for its owner. */
  {"type":"function","name":"deregister","inputs":[{"name":"id","type":"uint256"}],"outputs":[],"stateMutability":"nonpayable"},
  /** Reads a provider. */
  {"type":"function","name":"getProvider","inputs":[{"name":"id","type":"uint256"}],"outputs":[{"components":[{"name":"id","type":"uint256"},{"name":"owner","type":"address"},{"name":"pendingOwner","type":"address"},{"name":"payee","type":"address"},{"name":"receiptSigner","type":"address"},{"name":"registeredAt","type":"uint40"},{"name":"deregistered","type":"bool"},{"name":"bond","type":"uint96"},{"name":"unbonding","type":"uint96"},{"name":"releaseAt","type":"uint40"},{"name":"manifestDigest","type":"bytes32"},{"name":"endpoint","type":"string"}],"name":"","type":"tuple"}],"stateMutability":"view"},
  /** Reads providers in the order of their numbers. */
  {"type":"function","name":"getProviders","inputs":[{"name":"from","type":"uint256"},{"name":"count","type":"uint256"}],"outputs":[{"components":[{"name":"id","type":"uint256"},{"name":"owner","type":"address"},{"name":"pendingOwner","type":"address"},{"name":"payee","type":"address"},{"name":"receiptSigner","type":"address"},{"name":"registeredAt","type":"uint40"},{"name":"deregistered","type":"bool"},{"name":"bond","type":"uint96"},{"name":"unbonding","type":"uint96"},{"name":"releaseAt","type":"uint40"},{"name":"manifestDigest","type":"bytes32"},{"name":"endpoint","type":"string"}],"name":"providers","type":"tuple[]"}],"stateMutability":"view"},
  /** Says whether a proof against a key counts now. */
  {"type":"function","name":"isAccountable","inputs":[{"name":"id","type":"uint256"},{"name":"signer","type":"address"}],"outputs":[{"name":"","type":"bool"}],"stateMutability":"view"},
  {"type":"function","name":"isConsumingScheduledOp","inputs":[],"outputs":[{"name":"","type":"bytes4"}],"stateMutability":"view"},
  /** Says whether a key signed receipts for a provider at a time. */
  {"type":"function","name":"isReceiptSigner","inputs":[{"name":"id","type":"uint256"},{"name":"signer","type":"address"},{"name":"at","type":"uint256"}],"outputs":[{"name":"","type":"bool"}],"stateMutability":"view"},
  /** Longest endpoint. */
  {"type":"function","name":"MAX_ENDPOINT","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  /** Longest manifest URI. */
  {"type":"function","name":"MAX_URI","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  /** Part of that share which goes to the payer of the receipts' channel, at most what that channel paid. */
  {"type":"function","name":"PAYER_SHARE","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  /** The payment channels that receipts are about. */
  {"type":"function","name":"paymentChannels","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  /** Share of bond and unbonding that a proof costs. */
  {"type":"function","name":"PROOF_SHARE","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  /** Says how many providers ever registered: their numbers are 1 to this. */
  {"type":"function","name":"providerCount","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  /** Registers a provider, owned by the caller. */
  {"type":"function","name":"register","inputs":[{"components":[{"name":"payee","type":"address"},{"name":"receiptSigner","type":"address"},{"name":"manifestDigest","type":"bytes32"},{"name":"endpoint","type":"string"}],"name":"listing","type":"tuple"},{"name":"manifestUri","type":"string"},{"name":"amount","type":"uint256"}],"outputs":[{"name":"id","type":"uint256"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"setAuthority","inputs":[{"name":"newAuthority","type":"address"}],"outputs":[],"stateMutability":"nonpayable"},
  /** Says when a key signed receipts for a provider. */
  {"type":"function","name":"signerTermOf","inputs":[{"name":"id","type":"uint256"},{"name":"signer","type":"address"}],"outputs":[{"components":[{"name":"since","type":"uint40"},{"name":"until","type":"uint40"},{"name":"convicted","type":"bool"}],"name":"","type":"tuple"}],"stateMutability":"view"},
  /** Takes bonded tokens from a provider. Only for accounts the authority allows. */
  {"type":"function","name":"slash","inputs":[{"name":"id","type":"uint256"},{"name":"amount","type":"uint256"},{"name":"recipient","type":"address"},{"name":"reason","type":"bytes32"}],"outputs":[{"name":"slashed","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Proves that a provider signed two different receipts for one number of a channel: it loses a share of its bond, and the keys that signed are convicted, or only the retired one when the other is still the signer. Anybody may submit the proof. */
  {"type":"function","name":"slashWithProof","inputs":[{"name":"id","type":"uint256"},{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"components":[{"components":[{"name":"channelId","type":"bytes32"},{"name":"sequence","type":"uint64"},{"name":"requestHash","type":"bytes32"},{"name":"responseHash","type":"bytes32"},{"name":"modelHash","type":"bytes32"},{"name":"priceTableHash","type":"bytes32"},{"name":"policyHash","type":"bytes32"},{"name":"inputTokens","type":"uint64"},{"name":"cachedInputTokens","type":"uint64"},{"name":"outputTokens","type":"uint64"},{"name":"reasoningTokens","type":"uint64"},{"name":"cost","type":"uint128"},{"name":"cumulative","type":"uint128"}],"name":"receipt","type":"tuple"},{"name":"signature","type":"bytes"}],"name":"first","type":"tuple"},{"components":[{"components":[{"name":"channelId","type":"bytes32"},{"name":"sequence","type":"uint64"},{"name":"requestHash","type":"bytes32"},{"name":"responseHash","type":"bytes32"},{"name":"modelHash","type":"bytes32"},{"name":"priceTableHash","type":"bytes32"},{"name":"policyHash","type":"bytes32"},{"name":"inputTokens","type":"uint64"},{"name":"cachedInputTokens","type":"uint64"},{"name":"outputTokens","type":"uint64"},{"name":"reasoningTokens","type":"uint64"},{"name":"cost","type":"uint128"},{"name":"cumulative","type":"uint128"}],"name":"receipt","type":"tuple"},{"name":"signature","type":"bytes"}],"name":"second","type":"tuple"}],"outputs":[{"name":"slashed","type":"uint256"},{"name":"compensation","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Starts to take out a part of a bond. Only for the provider's owner. */
  {"type":"function","name":"startUnbonding","inputs":[{"name":"id","type":"uint256"},{"name":"amount","type":"uint256"}],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Offers a provider, its bond included, to another owner, who has to accept. Only for its owner. */
  {"type":"function","name":"transferOwnership","inputs":[{"name":"id","type":"uint256"},{"name":"newOwner","type":"address"}],"outputs":[],"stateMutability":"nonpayable"},
  /** How long unbonding takes, and how long a replaced key answers for its receipts. */
  {"type":"function","name":"unbondingDelay","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  /** Publishes anew what a provider is. Only for its owner. */
  {"type":"function","name":"update","inputs":[{"name":"id","type":"uint256"},{"components":[{"name":"payee","type":"address"},{"name":"receiptSigner","type":"address"},{"name":"manifestDigest","type":"bytes32"},{"name":"endpoint","type":"string"}],"name":"listing","type":"tuple"},{"name":"manifestUri","type":"string"}],"outputs":[],"stateMutability":"nonpayable"},
  /** Says whether an account is, or was, whom a provider's channels pay. */
  {"type":"function","name":"wasPayee","inputs":[{"name":"id","type":"uint256"},{"name":"payee","type":"address"}],"outputs":[{"name":"","type":"bool"}],"stateMutability":"view"},
  /** Pays out what has been unbonding for the whole delay. Only for the provider's owner, and never paused. */
  {"type":"function","name":"withdrawBond","inputs":[{"name":"id","type":"uint256"},{"name":"to","type":"address"}],"outputs":[{"name":"amount","type":"uint256"}],"stateMutability":"nonpayable"},
  {"type":"event","name":"AuthorityUpdated","inputs":[{"indexed":false,"name":"authority","type":"address"}]},
  /** A bond grew. */
  {"type":"event","name":"BondAdded","inputs":[{"indexed":true,"name":"id","type":"uint256"},{"indexed":true,"name":"from","type":"address"},{"indexed":false,"name":"amount","type":"uint256"}]},
  /** What had been unbonding was withdrawn. */
  {"type":"event","name":"BondWithdrawn","inputs":[{"indexed":true,"name":"id","type":"uint256"},{"indexed":true,"name":"to","type":"address"},{"indexed":false,"name":"amount","type":"uint256"}]},
  /** A provider left for good. Its whole bond is unbonding. */
  {"type":"event","name":"ProviderDeregistered","inputs":[{"indexed":true,"name":"id","type":"uint256"}]},
  /** A provider published what it is, the first time or anew. */
  {"type":"event","name":"ProviderListed","inputs":[{"indexed":true,"name":"id","type":"uint256"},{"indexed":true,"name":"payee","type":"address"},{"indexed":false,"name":"manifestDigest","type":"bytes32"},{"indexed":false,"name":"endpoint","type":"string"},{"indexed":false,"name":"manifestUri","type":"string"}]},
  /** A provider was offered to another owner. */
  {"type":"event","name":"ProviderOffered","inputs":[{"indexed":true,"name":"id","type":"uint256"},{"indexed":true,"name":"owner","type":"address"},{"indexed":true,"name":"pendingOwner","type":"address"}]},
  /** A provider registered. */
  {"type":"event","name":"ProviderRegistered","inputs":[{"indexed":true,"name":"id","type":"uint256"},{"indexed":true,"name":"owner","type":"address"}]},
  /** A provider lost bonded tokens. */
  {"type":"event","name":"ProviderSlashed","inputs":[{"indexed":true,"name":"id","type":"uint256"},{"indexed":true,"name":"recipient","type":"address"},{"indexed":false,"name":"fromBond","type":"uint256"},{"indexed":false,"name":"fromUnbonding","type":"uint256"},{"indexed":true,"name":"reason","type":"bytes32"}]},
  /** A provider has another owner. */
  {"type":"event","name":"ProviderTransferred","inputs":[{"indexed":true,"name":"id","type":"uint256"},{"indexed":true,"name":"owner","type":"address"},{"indexed":true,"name":"newOwner","type":"address"}]},
  /** Another key signs a provider's prices and receipts from now on. */
  {"type":"event","name":"ReceiptSignerChanged","inputs":[{"indexed":true,"name":"id","type":"uint256"},{"indexed":true,"name":"signer","type":"address"}]},
  /** A key signed two different receipts for one number. */
  {"type":"event","name":"SignerConvicted","inputs":[{"indexed":true,"name":"id","type":"uint256"},{"indexed":true,"name":"signer","type":"address"},{"indexed":true,"name":"channelId","type":"bytes32"},{"indexed":false,"name":"sequence","type":"uint256"}]},
  /** A part of a bond began to leave. */
  {"type":"event","name":"UnbondingStarted","inputs":[{"indexed":true,"name":"id","type":"uint256"},{"indexed":false,"name":"amount","type":"uint256"},{"indexed":false,"name":"releaseAt","type":"uint256"}]},
  {"type":"error","name":"AccessManagedInvalidAuthority","inputs":[{"name":"authority","type":"address"}]},
  {"type":"error","name":"AccessManagedRequiredDelay","inputs":[{"name":"caller","type":"address"},{"name":"delay","type":"uint32"}]},
  {"type":"error","name":"AccessManagedUnauthorized","inputs":[{"name":"caller","type":"address"}]},
  {"type":"error","name":"ReentrancyGuardReentrantCall","inputs":[]},
  /** An address is zero, or the registry itself, where it must not be. */
  {"type":"error","name":"RegistryAddressInvalid","inputs":[{"name":"account","type":"address"}]},
  /** The bond would not fit into 96 bits. */
  {"type":"error","name":"RegistryAmountTooLarge","inputs":[{"name":"amount","type":"uint256"}]},
  /** The amount is zero. */
  {"type":"error","name":"RegistryAmountZero","inputs":[]},
  /** The provider has less bonded. */
  {"type":"error","name":"RegistryBondInsufficient","inputs":[{"name":"id","type":"uint256"},{"name":"bond","type":"uint256"},{"name":"needed","type":"uint256"}]},
  /** The receipts are not of the channel given. */
  {"type":"error","name":"RegistryChannelMismatch","inputs":[{"name":"channelId","type":"bytes32"},{"name":"expected","type":"bytes32"}]},
  /** The unbonding delay is outside of its bounds. */
  {"type":"error","name":"RegistryDelayInvalid","inputs":[{"name":"delay","type":"uint256"},{"name":"minimum","type":"uint256"},{"name":"maximum","type":"uint256"}]},
  /** The token moved another amount than it was asked for. */
  {"type":"error","name":"RegistryDepositMismatch","inputs":[{"name":"expected","type":"uint256"},{"name":"actual","type":"uint256"}]},
  /** The provider left. */
  {"type":"error","name":"RegistryDeregistered","inputs":[{"name":"id","type":"uint256"}]},
  /** The endpoint is empty or too long. */
  {"type":"error","name":"RegistryEndpointInvalid","inputs":[{"name":"length","type":"uint256"},{"name":"maximum","type":"uint256"}]},
  /** The provider has nothing to lose. */
  {"type":"error","name":"RegistryNothingBonded","inputs":[{"name":"id","type":"uint256"}]},
  /** Nothing is unbonding. */
  {"type":"error","name":"RegistryNothingUnbonding","inputs":[{"name":"id","type":"uint256"}]},
  /** The caller does not own the provider. */
  {"type":"error","name":"RegistryNotOwner","inputs":[{"name":"caller","type":"address"},{"name":"owner","type":"address"}]},
  /** The provider was not offered to the caller. */
  {"type":"error","name":"RegistryNotPendingOwner","inputs":[{"name":"caller","type":"address"},{"name":"pendingOwner","type":"address"}]},
  /** The two receipts do not contradict each other: they are the same, or about different things. */
  {"type":"error","name":"RegistryReceiptsAgree","inputs":[]},
  /** A receipt was not signed by a key that answers for this provider: it never signed for it, was replaced too long ago, or was convicted before. */
  {"type":"error","name":"RegistrySignerNotAccountable","inputs":[{"name":"id","type":"uint256"},{"name":"signer","type":"address"}]},
  /** The key signed for this provider before and was replaced; it cannot return. */
  {"type":"error","name":"RegistrySignerRetired","inputs":[{"name":"id","type":"uint256"},{"name":"signer","type":"address"}]},
  /** The unbonding delay is not over. */
  {"type":"error","name":"RegistryStillUnbonding","inputs":[{"name":"id","type":"uint256"},{"name":"releaseAt","type":"uint256"}]},
  /** No provider has this number. */
  {"type":"error","name":"RegistryUnknown","inputs":[{"name":"id","type":"uint256"}]},
  /** The manifest's URI is too long. */
  {"type":"error","name":"RegistryUriTooLong","inputs":[{"name":"length","type":"uint256"},{"name":"maximum","type":"uint256"}]},
  {"type":"error","name":"SafeERC20FailedOperation","inputs":[{"name":"token","type":"address"}]},
] as const
