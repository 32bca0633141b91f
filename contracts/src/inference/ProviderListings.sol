// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IProviderRegistry} from "./IProviderRegistry.sol";
import {Listing, ProviderState, SignerTerm} from "./RegistryTypes.sol";

/// @notice Storage of providers, and what they publish about themselves.
abstract contract ProviderListings is IProviderRegistry {
    /// @dev Addresses share their slots with what changes together with them.
    struct StoredProvider {
        address owner;
        uint96 bond;
        address pendingOwner;
        uint96 unbonding;
        address receiptSigner;
        uint40 registeredAt;
        uint40 releaseAt;
        bool deregistered;
        address payee;
        bytes32 manifestDigest;
        string endpoint;
        mapping(address signer => SignerTerm term) terms;
        mapping(address payee => bool was) payees;
    }

    /// @inheritdoc IProviderRegistry
    uint256 public constant MAX_ENDPOINT = 256;

    /// @inheritdoc IProviderRegistry
    uint256 public constant MAX_URI = 1024;

    uint256 private _count;
    mapping(uint256 id => StoredProvider provider) private _providers;

    /// @inheritdoc IProviderRegistry
    function update(uint256 id, Listing calldata listing, string calldata manifestUri) external {
        StoredProvider storage provider = _loadListed(id);
        _checkOwner(provider);
        _list(id, provider, listing, manifestUri);
    }

    /// @inheritdoc IProviderRegistry
    function transferOwnership(uint256 id, address newOwner) external {
        StoredProvider storage provider = _loadListed(id);
        _checkOwner(provider);
        provider.pendingOwner = newOwner;
        emit ProviderOffered(id, msg.sender, newOwner);
    }

    /// @inheritdoc IProviderRegistry
    function acceptOwnership(uint256 id) external {
        StoredProvider storage provider = _loadListed(id);
        address pending = provider.pendingOwner;
        if (msg.sender != pending) revert RegistryNotPendingOwner(msg.sender, pending);
        address owner = provider.owner;
        provider.owner = msg.sender;
        provider.pendingOwner = address(0);
        emit ProviderTransferred(id, owner, msg.sender);
    }

    /// @inheritdoc IProviderRegistry
    function getProvider(uint256 id) public view returns (ProviderState memory) {
        StoredProvider storage provider = _providers[id];
        return ProviderState({
            id: id,
            owner: provider.owner,
            pendingOwner: provider.pendingOwner,
            payee: provider.payee,
            receiptSigner: provider.receiptSigner,
            registeredAt: provider.registeredAt,
            deregistered: provider.deregistered,
            bond: provider.bond,
            unbonding: provider.unbonding,
            releaseAt: provider.releaseAt,
            manifestDigest: provider.manifestDigest,
            endpoint: provider.endpoint
        });
    }

    /// @inheritdoc IProviderRegistry
    function getProviders(uint256 from, uint256 count)
        external
        view
        returns (ProviderState[] memory providers)
    {
        if (from == 0) from = 1;
        uint256 left = from > _count ? 0 : _count - from + 1;
        providers = new ProviderState[](count < left ? count : left);
        for (uint256 i = 0; i < providers.length; ++i) {
            providers[i] = getProvider(from + i);
        }
    }

    /// @inheritdoc IProviderRegistry
    function providerCount() external view returns (uint256) {
        return _count;
    }

    /// @inheritdoc IProviderRegistry
    function signerTermOf(uint256 id, address signer) public view returns (SignerTerm memory) {
        return _providers[id].terms[signer];
    }

    /// @inheritdoc IProviderRegistry
    function isReceiptSigner(uint256 id, address signer, uint256 at) external view returns (bool) {
        SignerTerm memory term = signerTermOf(id, signer);
        return term.since != 0 && term.since <= at && (term.until == 0 || at < term.until);
    }

    /// @inheritdoc IProviderRegistry
    function wasPayee(uint256 id, address payee) public view returns (bool) {
        return _providers[id].payees[payee];
    }

    function _register(Listing calldata listing, string calldata manifestUri) internal returns (uint256 id) {
        id = ++_count;
        StoredProvider storage provider = _providers[id];
        provider.owner = msg.sender;
        provider.registeredAt = uint40(block.timestamp);
        emit ProviderRegistered(id, msg.sender);
        _list(id, provider, listing, manifestUri);
    }

    /// @dev Ends a listing. The caller unbonds.
    function _delist(uint256 id, StoredProvider storage provider) internal {
        provider.deregistered = true;
        provider.pendingOwner = address(0);
        delete provider.endpoint;
        if (provider.receiptSigner != address(0)) _setSigner(id, provider, address(0));
        emit ProviderDeregistered(id);
    }

    /// @dev Retires the current signer, if any, and appoints another, if given.
    function _setSigner(uint256 id, StoredProvider storage provider, address signer) internal {
        address before = provider.receiptSigner;
        if (before != address(0)) provider.terms[before].until = uint40(block.timestamp);
        provider.receiptSigner = signer;
        if (signer != address(0)) {
            SignerTerm storage term = provider.terms[signer];
            if (term.since != 0) revert RegistrySignerRetired(id, signer);
            term.since = uint40(block.timestamp);
        }
        emit ReceiptSignerChanged(id, signer);
    }

    function _load(uint256 id) internal view returns (StoredProvider storage provider) {
        provider = _providers[id];
        if (provider.owner == address(0)) revert RegistryUnknown(id);
    }

    function _loadListed(uint256 id) internal view returns (StoredProvider storage provider) {
        provider = _load(id);
        if (provider.deregistered) revert RegistryDeregistered(id);
    }

    function _checkOwner(StoredProvider storage provider) internal view {
        address owner = provider.owner;
        if (msg.sender != owner) revert RegistryNotOwner(msg.sender, owner);
    }

    function _checkAddress(address account) internal view {
        if (account == address(0) || account == address(this)) revert RegistryAddressInvalid(account);
    }

    function _list(
        uint256 id,
        StoredProvider storage provider,
        Listing calldata listing,
        string calldata manifestUri
    ) private {
        (address payee, address signer) = (listing.payee, listing.receiptSigner);
        uint256 length = bytes(listing.endpoint).length;
        if (length == 0 || length > MAX_ENDPOINT) revert RegistryEndpointInvalid(length, MAX_ENDPOINT);
        length = bytes(manifestUri).length;
        if (length > MAX_URI) revert RegistryUriTooLong(length, MAX_URI);
        _checkAddress(payee);
        _checkAddress(signer);
        provider.payee = payee;
        provider.payees[payee] = true;
        provider.manifestDigest = listing.manifestDigest;
        provider.endpoint = listing.endpoint;
        emit ProviderListed(id, payee, listing.manifestDigest, listing.endpoint, manifestUri);
        if (signer != provider.receiptSigner) _setSigner(id, provider, signer);
    }
}
