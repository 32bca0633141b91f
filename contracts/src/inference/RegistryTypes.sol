// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What a provider publishes about itself.
/// @param payee Who its channels pay; a quote that names another payee is not this provider's.
/// @param receiptSigner Key that signs its prices and receipts.
/// @param manifestDigest Digest of the manifest of what it serves; zero when it has none.
/// @param endpoint URL that it answers at, 1 to 256 bytes.
struct Listing {
    address payee;
    address receiptSigner;
    bytes32 manifestDigest;
    string endpoint;
}

/// @notice Everything that the contract knows about a provider.
/// @param id Its number, from 1.
/// @param owner Who may change it, and whose bond it is; zero when no provider has this number.
/// @param pendingOwner Who may become its owner; zero when nobody was offered it.
/// @param payee Who its channels pay.
/// @param receiptSigner Key that signs its prices and receipts; zero when that key was convicted and not replaced yet,
/// and when the provider deregistered.
/// @param registeredAt Unix time at which it registered.
/// @param deregistered Whether it left. It never comes back under this number.
/// @param bond Base units that vouch for it.
/// @param unbonding Base units that are on their way out, and can be slashed until they are withdrawn.
/// @param releaseAt Unix time from which `unbonding` may be withdrawn; zero when nothing is unbonding.
/// @param manifestDigest Digest of the manifest of what it serves.
/// @param endpoint URL that it answers at; empty when it deregistered.
struct ProviderState {
    uint256 id;
    address owner;
    address pendingOwner;
    address payee;
    address receiptSigner;
    uint40 registeredAt;
    bool deregistered;
    uint96 bond;
    uint96 unbonding;
    uint40 releaseAt;
    bytes32 manifestDigest;
    string endpoint;
}

/// @notice When a key signed receipts for a provider. A key has one term with a provider and never a second.
/// @param since Unix time from which; zero when it never did.
/// @param until Unix time until which; zero while it does.
/// @param convicted Whether a proof against it was accepted.
struct SignerTerm {
    uint40 since;
    uint40 until;
    bool convicted;
}

/// @notice What a provider says it delivered and charged for one request.
/// @param channelId The channel that pays.
/// @param sequence Number of the receipt on its channel.
/// @param requestHash SHA-256 of the request.
/// @param responseHash SHA-256 of the answer.
/// @param modelHash Digest of the model's name or manifest.
/// @param priceTableHash Digest of the prices.
/// @param policyHash Digest of the policy that the answer was made under.
/// @param inputTokens Input tokens.
/// @param cachedInputTokens Input tokens that were cached.
/// @param outputTokens Output tokens.
/// @param reasoningTokens Output tokens spent on reasoning.
/// @param cost What the request cost, in base units.
/// @param cumulative Total charged on the channel, in base units.
struct UsageReceipt {
    bytes32 channelId;
    uint64 sequence;
    bytes32 requestHash;
    bytes32 responseHash;
    bytes32 modelHash;
    bytes32 priceTableHash;
    bytes32 policyHash;
    uint64 inputTokens;
    uint64 cachedInputTokens;
    uint64 outputTokens;
    uint64 reasoningTokens;
    uint128 cost;
    uint128 cumulative;
}

/// @notice A receipt and its signature.
/// @param receipt What was said.
/// @param signature The EIP-712 signature of the channels contract's inference domain.
struct SignedReceipt {
    UsageReceipt receipt;
    bytes signature;
}
