// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ChannelLedger} from "./ChannelLedger.sol";
import {ChannelSlot, ChannelSlots} from "./ChannelSlot.sol";
import {Authorization, Channel, Consent, Permit, Permit2Transfer} from "./ChannelTypes.sol";
import {IChannelFunding} from "./IChannelFunding.sol";
import {IPermit2} from "./IPermit2.sol";
import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @notice Opens and tops up channels from the payer's wallet.
abstract contract ChannelFunding is IChannelFunding, ChannelLedger {
    bytes32 private constant OPEN_TYPEHASH =
        keccak256("Open(bytes32 channelId,uint128 amount,uint256 deadline)");
    bytes32 private constant TOP_UP_TYPEHASH =
        keccak256("TopUp(bytes32 channelId,uint128 deposit,uint256 deadline)");
    bytes32 private constant OPEN_NONCE = keccak256("PaymentChannels.open");
    bytes32 private constant TOP_UP_NONCE = keccak256("PaymentChannels.topUp");

    bytes32 private constant OPEN_WITNESS_TYPEHASH = keccak256("ChannelOpen(bytes32 channelId)");
    bytes32 private constant TOP_UP_WITNESS_TYPEHASH =
        keccak256("ChannelTopUp(bytes32 channelId,uint128 deposit)");
    string private constant OPEN_WITNESS =
        "ChannelOpen witness)ChannelOpen(bytes32 channelId)TokenPermissions(address token,uint256 amount)";
    string private constant TOP_UP_WITNESS =
        "ChannelTopUp witness)ChannelTopUp(bytes32 channelId,uint128 deposit)TokenPermissions(address token,uint256 amount)";

    IPermit2 private constant PERMIT2 = IPermit2(0x000000000022D473030F116dDEE9F6B43aC78BA3);

    /// @inheritdoc IChannelFunding
    function open(address payee, address token, uint128 deposit, bytes32 salt, address authorizedSigner)
        external
        nonReentrant
        returns (bytes32 channelId)
    {
        channelId = _open(msg.sender, payee, token, salt, authorizedSigner, deposit, false);
        _pull(token, msg.sender, deposit);
    }

    /// @inheritdoc IChannelFunding
    function openWithAuthorization(
        Channel calldata channel,
        uint128 amount,
        Authorization calldata authorization
    ) external nonReentrant returns (bytes32 channelId) {
        channelId = _open(channel, amount, false);
        bytes32 nonce = keccak256(abi.encode(OPEN_NONCE, channelId));
        _receive(channel.token, channel.payer, amount, nonce, authorization);
    }

    /// @inheritdoc IChannelFunding
    function openWithPermit(
        Channel calldata channel,
        uint128 amount,
        Permit calldata permit,
        Consent calldata consent
    ) external nonReentrant returns (bytes32 channelId) {
        channelId = _open(channel, amount, false);
        _checkConsent(channel.payer, consent, OPEN_TYPEHASH, channelId, amount);
        _permit(channel.token, channel.payer, amount, permit);
        _pull(channel.token, channel.payer, amount);
    }

    /// @inheritdoc IChannelFunding
    function openWithPermit2(Channel calldata channel, uint128 amount, Permit2Transfer calldata transfer)
        external
        nonReentrant
        returns (bytes32 channelId)
    {
        channelId = _open(channel, amount, false);
        bytes32 witness = keccak256(abi.encode(OPEN_WITNESS_TYPEHASH, channelId));
        _pullPermit2(channel, amount, transfer, witness, OPEN_WITNESS);
    }

    /// @inheritdoc IChannelFunding
    function topUp(Channel calldata channel, uint128 amount) external nonReentrant returns (uint256 deposit) {
        _checkPayer(channel);
        (, deposit) = _topUp(channel, amount, false);
        _pull(channel.token, msg.sender, amount);
    }

    /// @inheritdoc IChannelFunding
    function topUpWithAuthorization(
        Channel calldata channel,
        uint128 amount,
        Authorization calldata authorization
    ) external nonReentrant returns (uint256 deposit) {
        bytes32 channelId;
        (channelId, deposit) = _topUp(channel, amount, false);
        bytes32 nonce = keccak256(abi.encode(TOP_UP_NONCE, channelId, deposit));
        _receive(channel.token, channel.payer, amount, nonce, authorization);
    }

    /// @inheritdoc IChannelFunding
    function topUpWithPermit(
        Channel calldata channel,
        uint128 amount,
        Permit calldata permit,
        Consent calldata consent
    ) external nonReentrant returns (uint256 deposit) {
        bytes32 channelId;
        (channelId, deposit) = _topUp(channel, amount, false);
        _checkConsent(channel.payer, consent, TOP_UP_TYPEHASH, channelId, deposit);
        _permit(channel.token, channel.payer, amount, permit);
        _pull(channel.token, channel.payer, amount);
    }

    /// @inheritdoc IChannelFunding
    function topUpWithPermit2(Channel calldata channel, uint128 amount, Permit2Transfer calldata transfer)
        external
        nonReentrant
        returns (uint256 deposit)
    {
        bytes32 channelId;
        (channelId, deposit) = _topUp(channel, amount, false);
        bytes32 witness = keccak256(abi.encode(TOP_UP_WITNESS_TYPEHASH, channelId, deposit));
        _pullPermit2(channel, amount, transfer, witness, TOP_UP_WITNESS);
    }

    function _open(Channel calldata channel, uint256 amount, bool fromVault) internal returns (bytes32) {
        return _open(
            channel.payer,
            channel.payee,
            channel.token,
            channel.salt,
            channel.authorizedSigner,
            amount,
            fromVault
        );
    }

    /// @dev Records a new channel. The caller collects the amount.
    function _open(
        address payer,
        address payee,
        address token,
        bytes32 salt,
        address authorizedSigner,
        uint256 amount,
        bool fromVault
    ) internal returns (bytes32 channelId) {
        if (payee == address(0)) revert ChannelsAddressInvalid(payee);
        _checkAmount(amount);
        channelId = computeChannelId(payer, payee, token, salt, authorizedSigner);
        StoredChannel storage stored = _stored(channelId);
        if (!stored.slot.isUnknown()) revert ChannelsAlreadyOpened(channelId);
        (uint16 bps,) = _fee();
        stored.slot = ChannelSlots.opened(amount, fromVault, bps);
        emit ChannelOpened(channelId, payer, payee, token, authorizedSigner, salt, amount, fromVault);
    }

    /// @dev Records a higher deposit. The caller collects the amount.
    function _topUp(Channel calldata channel, uint256 amount, bool fromVault)
        internal
        returns (bytes32 channelId, uint256 deposit)
    {
        if (amount == 0) revert ChannelsAmountZero();
        channelId = _idOf(channel);
        (StoredChannel storage stored, ChannelSlot slot) = _loadOpen(channelId);
        deposit = slot.deposit() + amount;
        if (deposit > type(uint96).max) revert ChannelsAmountTooLarge(deposit);
        stored.slot = slot.withDeposit(deposit);
        emit ChannelToppedUp(channelId, deposit, fromVault);
    }

    /// @dev Pulls tokens by ERC-3009 and checks that exactly that much arrived.
    function _receive(
        address token,
        address from,
        uint256 amount,
        bytes32 nonce,
        Authorization calldata authorization
    ) internal {
        uint256 expected = _balanceOf(token) + amount;
        IERC3009(token)
            .receiveWithAuthorization(
                from,
                address(this),
                amount,
                authorization.validAfter,
                authorization.validBefore,
                nonce,
                authorization.v,
                authorization.r,
                authorization.s
            );
        _checkBalance(token, expected);
    }

    function _pullPermit2(
        Channel calldata channel,
        uint256 amount,
        Permit2Transfer calldata transfer,
        bytes32 witness,
        string memory witnessType
    ) private {
        uint256 expected = _balanceOf(channel.token) + amount;
        PERMIT2.permitWitnessTransferFrom(
            IPermit2.PermitTransferFrom({
                permitted: IPermit2.TokenPermissions({token: channel.token, amount: amount}),
                nonce: transfer.nonce,
                deadline: transfer.deadline
            }),
            IPermit2.SignatureTransferDetails({to: address(this), requestedAmount: amount}),
            channel.payer,
            witness,
            witnessType,
            transfer.signature
        );
        _checkBalance(channel.token, expected);
    }

    function _checkConsent(
        address payer,
        Consent calldata consent,
        bytes32 typehash,
        bytes32 channelId,
        uint256 amount
    ) private view {
        if (msg.sender == payer) return;
        _checkDeadline(consent.deadline);
        bytes32 structHash = keccak256(abi.encode(typehash, channelId, amount, consent.deadline));
        _checkSignature(payer, structHash, consent.signature);
    }

    /// @dev Anybody may have used the permit already, so its failure only matters when the allowance is too small.
    function _permit(address token, address payer, uint256 amount, Permit calldata permit) private {
        (bool success, bytes memory reason) = token.call(
            abi.encodeCall(
                IERC20Permit.permit,
                (payer, address(this), permit.value, permit.deadline, permit.v, permit.r, permit.s)
            )
        );
        if (success) return;
        uint256 allowance = IERC20(token).allowance(payer, address(this));
        if (allowance < amount) revert ChannelsPermitFailed(token, allowance, amount, reason);
    }
}
