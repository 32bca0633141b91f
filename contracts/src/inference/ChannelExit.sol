// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ChannelSettlement} from "./ChannelSettlement.sol";
import {ChannelSlot} from "./ChannelSlot.sol";
import {Channel} from "./ChannelTypes.sol";
import {IChannelExit} from "./IChannelExit.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice Ends channels: by the payee, by anybody with the payee's statement, or by the payer alone.
abstract contract ChannelExit is IChannelExit, ChannelSettlement {
    using SafeERC20 for IERC20;

    bytes32 private constant FINAL_STATEMENT_TYPEHASH =
        keccak256("FinalStatement(bytes32 channelId,uint128 spent,uint256 deadline)");

    /// @inheritdoc IChannelExit
    uint256 public constant GRACE_PERIOD = 15 minutes;

    /// @inheritdoc IChannelExit
    function close(
        Channel calldata channel,
        uint128 cumulativeAmount,
        uint128 capture,
        bytes calldata signature
    ) external nonReentrant returns (uint256 paid, uint256 refunded) {
        _checkPayee(channel.payee);
        bytes32 channelId = _idOf(channel);
        (StoredChannel storage stored, ChannelSlot slot) = _loadOpen(channelId);
        if (capture != slot.settled()) {
            if (capture > cumulativeAmount) revert ChannelsCaptureAboveAuthorized(capture, cumulativeAmount);
            paid = _capturable(slot, capture);
            _checkVoucher(channel, channelId, cumulativeAmount, signature);
        }
        refunded = _close(channel, channelId, stored, slot, capture, paid);
    }

    /// @inheritdoc IChannelExit
    function closeWithStatement(
        Channel calldata channel,
        uint128 spent,
        uint256 deadline,
        bytes calldata payeeSignature,
        uint128 cumulativeAmount,
        bytes calldata voucherSignature
    ) external nonReentrant returns (uint256 paid, uint256 refunded) {
        _checkDeadline(deadline);
        bytes32 channelId = _idOf(channel);
        (StoredChannel storage stored, ChannelSlot slot) = _loadOpen(channelId);
        _checkStatement(channel.payee, channelId, spent, deadline, payeeSignature);
        if (spent != slot.settled()) {
            paid = _capturable(slot, spent);
            if (msg.sender != channel.payer) {
                if (spent > cumulativeAmount) revert ChannelsCaptureAboveAuthorized(spent, cumulativeAmount);
                _checkVoucher(channel, channelId, cumulativeAmount, voucherSignature);
            }
        }
        refunded = _close(channel, channelId, stored, slot, spent, paid);
    }

    /// @inheritdoc IChannelExit
    function requestClose(Channel calldata channel) external returns (uint256 closeAt) {
        _checkPayer(channel);
        bytes32 channelId = _idOf(channel);
        (StoredChannel storage stored, ChannelSlot slot) = _loadOpen(channelId);
        closeAt = slot.closeAt();
        if (closeAt != 0) revert ChannelsClosing(channelId, closeAt);
        closeAt = block.timestamp + GRACE_PERIOD;
        stored.slot = slot.withCloseAt(closeAt);
        emit ChannelCloseRequested(channelId, channel.payee, closeAt);
    }

    /// @inheritdoc IChannelExit
    function withdraw(Channel calldata channel) external nonReentrant returns (uint256 refunded) {
        _checkPayer(channel);
        bytes32 channelId = _idOf(channel);
        (StoredChannel storage stored, ChannelSlot slot) = _loadOpen(channelId);
        uint256 closeAt = slot.closeAt();
        if (closeAt == 0) revert ChannelsCloseNotRequested(channelId);
        if (block.timestamp < closeAt) revert ChannelsGraceNotOver(channelId, closeAt);
        refunded = _close(channel, channelId, stored, slot, slot.settled(), 0);
    }

    /// @dev The payee's operator may sign too: it could close with the same outcome anyway.
    function _checkStatement(
        address payee,
        bytes32 channelId,
        uint256 spent,
        uint256 deadline,
        bytes calldata signature
    ) private view {
        bytes32 structHash = keccak256(abi.encode(FINAL_STATEMENT_TYPEHASH, channelId, spent, deadline));
        bytes32 digest = _hashTypedDataV4(structHash);
        if (_isSignedBy(payee, digest, signature)) return;
        (address recovered, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (failure != ECDSA.RecoverError.NoError || !isOperator(payee, recovered)) {
            revert ChannelsInvalidSignature(payee);
        }
    }

    /// @dev Ends a channel. The caller has checked `paid`, the part of `capture` that the payee has not received.
    function _close(
        Channel calldata channel,
        bytes32 channelId,
        StoredChannel storage stored,
        ChannelSlot slot,
        uint256 capture,
        uint256 paid
    ) private returns (uint256 refunded) {
        refunded = slot.deposit() - capture;
        stored.slot = slot.withSettled(capture).ended();
        emit ChannelClosed(channelId, capture, refunded);
        if (refunded != 0 && slot.refundsToVault()) _credit(channel.payer, channel.token, refunded);
        if (paid != 0) _payPayee(channel.payee, channel.token, paid, _feeOf(slot, paid));
        if (refunded != 0 && !slot.refundsToVault()) {
            IERC20(channel.token).safeTransfer(channel.payer, refunded);
        }
    }
}
