// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "./ChannelTypes.sol";
import {IChannelLedger} from "./IChannelLedger.sol";
import {IProviderRegistry} from "./IProviderRegistry.sol";
import {ProviderBonds} from "./ProviderBonds.sol";
import {ReceiptHash} from "./ReceiptHash.sol";
import {SignedReceipt, SignerTerm} from "./RegistryTypes.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @title Providers of inference, and the bonds that vouch for them
/// @notice The registry described by {IProviderRegistry}. The access manager governs who may slash and nothing else.
contract ProviderRegistry is ProviderBonds, AccessManaged {
    /// @inheritdoc IProviderRegistry
    uint256 public constant PROOF_SHARE = 2_000;

    /// @inheritdoc IProviderRegistry
    uint256 public constant PAYER_SHARE = 2_500;

    uint256 private constant _BPS = 10_000;
    IChannelLedger private immutable _CHANNELS;

    /// @param authority Access manager that decides who may slash.
    /// @param token The token that is bonded; it must have ERC20Burnable's `burn`.
    /// @param channels The payment channels that receipts are about.
    /// @param delay How long unbonding takes, in seconds: 7 to 30 days.
    constructor(address authority, address token, address channels, uint256 delay)
        ProviderBonds(token, delay)
        AccessManaged(authority)
    {
        if (channels.code.length == 0) revert RegistryAddressInvalid(channels);
        _CHANNELS = IChannelLedger(channels);
    }

    /// @inheritdoc IProviderRegistry
    function paymentChannels() external view returns (address) {
        return address(_CHANNELS);
    }

    /// @inheritdoc IProviderRegistry
    function slash(uint256 id, uint256 amount, address recipient, bytes32 reason)
        external
        nonReentrant
        restricted
        returns (uint256 slashed)
    {
        if (amount == 0) revert RegistryAmountZero();
        if (recipient == address(this)) revert RegistryAddressInvalid(recipient);
        StoredProvider storage provider = _load(id);
        uint256 stake = _stakeOf(id, provider);
        slashed = amount < stake ? amount : stake;
        _slash(id, provider, slashed, recipient, reason);
    }

    /// @inheritdoc IProviderRegistry
    function slashWithProof(
        uint256 id,
        Channel calldata channel,
        SignedReceipt calldata first,
        SignedReceipt calldata second
    ) external nonReentrant returns (uint256 slashed, uint256 compensation) {
        StoredProvider storage provider = _load(id);
        bytes32 reason = _convict(id, provider, channel, first, second);
        uint256 stake = _stakeOf(id, provider);
        // Rounds up: no bond is too small to lose something.
        slashed = (stake * PROOF_SHARE + _BPS - 1) / _BPS;
        compensation = _compensationOf(id, channel, first.receipt.channelId, slashed);
        if (compensation != 0) _slash(id, provider, compensation, channel.payer, reason);
        _slash(id, provider, slashed - compensation, address(0), reason);
    }

    /// @inheritdoc IProviderRegistry
    function isAccountable(uint256 id, address signer) public view returns (bool) {
        SignerTerm memory term = signerTermOf(id, signer);
        if (term.since == 0 || term.convicted) return false;
        return term.until == 0 || block.timestamp < term.until + unbondingDelay();
    }

    /// @dev Checks a proof, and convicts whom it convicts. Returns the digest of the first receipt.
    function _convict(
        uint256 id,
        StoredProvider storage provider,
        Channel calldata channel,
        SignedReceipt calldata first,
        SignedReceipt calldata second
    ) private returns (bytes32 digest) {
        bytes32 channelId = first.receipt.channelId;
        uint256 sequence = first.receipt.sequence;
        bytes32 expected = _idOf(channel);
        if (channelId != expected) revert RegistryChannelMismatch(channelId, expected);
        bytes32 domain = ReceiptHash.domainOf(address(_CHANNELS));
        digest = MessageHashUtils.toTypedDataHash(domain, ReceiptHash.hash(first.receipt));
        bytes32 other = MessageHashUtils.toTypedDataHash(domain, ReceiptHash.hash(second.receipt));
        if (channelId != second.receipt.channelId || sequence != second.receipt.sequence || digest == other) {
            revert RegistryReceiptsAgree();
        }
        address signer = _accountable(id, digest, first.signature);
        address otherSigner = _accountable(id, other, second.signature);
        // Any honest receipt of the current signer can be contradicted with a retired key that leaked.
        address current = provider.receiptSigner;
        bool alone = signer == otherSigner;
        if (alone || signer != current) _convictSigner(id, provider, signer, channelId, sequence);
        if (!alone && otherSigner != current) _convictSigner(id, provider, otherSigner, channelId, sequence);
    }

    function _convictSigner(
        uint256 id,
        StoredProvider storage provider,
        address signer,
        bytes32 channelId,
        uint256 sequence
    ) private {
        provider.terms[signer].convicted = true;
        emit SignerConvicted(id, signer, channelId, sequence);
        if (provider.receiptSigner == signer) _setSigner(id, provider, address(0));
    }

    function _accountable(uint256 id, bytes32 digest, bytes calldata signature)
        private
        view
        returns (address signer)
    {
        (signer,,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (!isAccountable(id, signer)) revert RegistrySignerNotAccountable(id, signer);
    }

    /// @dev A payer gets at most what its channel paid the provider: a key that leaked is worth nothing to a thief who
    /// was never a customer. So a payer that can hold no tokens, or is this contract, gets nothing.
    function _compensationOf(uint256 id, Channel calldata channel, bytes32 channelId, uint256 slashed)
        private
        view
        returns (uint256)
    {
        if (channel.token != bondToken() || !wasPayee(id, channel.payee)) return 0;
        uint256 paid = _CHANNELS.getChannel(channelId).settled;
        uint256 share = (slashed * PAYER_SHARE) / _BPS;
        return paid < share ? paid : share;
    }

    function _idOf(Channel calldata channel) private view returns (bytes32) {
        return _CHANNELS.computeChannelId(
            channel.payer, channel.payee, channel.token, channel.salt, channel.authorizedSigner
        );
    }
}
