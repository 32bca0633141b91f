// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ChannelLedger} from "./ChannelLedger.sol";
import {ChannelSlot} from "./ChannelSlot.sol";
import {Batch, Channel, SkipReason, StreamCommit} from "./ChannelTypes.sol";
import {HashChain} from "./HashChain.sol";
import {IChannelSettlement} from "./IChannelSettlement.sol";
import {SettlementLog} from "./SettlementLog.sol";
import {SettlementRow} from "./SettlementRow.sol";

/// @notice Pays payees, one channel or many at a time.
abstract contract ChannelSettlement is IChannelSettlement, ChannelLedger {
    bytes32 private constant STREAM_COMMIT_TYPEHASH =
        keccak256("StreamCommit(bytes32 channelId,uint128 base,bytes32 root,uint128 unit,uint32 maxSteps)");

    /// @inheritdoc IChannelSettlement
    uint256 public constant MAX_STREAM_STEPS = 1024;

    mapping(address payee => mapping(address operator => bool approved)) private _operators;

    /// @inheritdoc IChannelSettlement
    function setOperator(address operator, bool approved) external {
        _checkAddress(operator);
        _operators[msg.sender][operator] = approved;
        emit OperatorSet(msg.sender, operator, approved);
    }

    /// @inheritdoc IChannelSettlement
    function isOperator(address payee, address operator) public view returns (bool) {
        return _operators[payee][operator];
    }

    /// @inheritdoc IChannelSettlement
    function settle(
        Channel calldata channel,
        uint128 cumulativeAmount,
        uint128 capture,
        bytes calldata signature
    ) external nonReentrant returns (uint256 paid) {
        _checkPayee(channel.payee);
        if (capture > cumulativeAmount) revert ChannelsCaptureAboveAuthorized(capture, cumulativeAmount);
        bytes32 channelId = _idOf(channel);
        (StoredChannel storage stored, ChannelSlot slot) = _loadOpen(channelId);
        paid = _capturable(slot, capture);
        _checkVoucher(channel, channelId, cumulativeAmount, signature);
        _settle(channel, channelId, stored, slot, capture, paid);
    }

    /// @inheritdoc IChannelSettlement
    function settleMany(Batch[] calldata batches) external nonReentrant returns (uint256 settledRows) {
        for (uint256 i = 0; i < batches.length; ++i) {
            settledRows += _settleBatch(batches[i], i);
        }
    }

    /// @inheritdoc IChannelSettlement
    function settleStream(
        Channel calldata channel,
        StreamCommit calldata commit,
        bytes calldata signature,
        uint32 steps,
        bytes32 preimage
    ) external nonReentrant returns (uint256 paid) {
        _checkPayee(channel.payee);
        if (steps == 0 || steps > commit.maxSteps || commit.maxSteps > MAX_STREAM_STEPS) {
            revert ChannelsStepsInvalid(steps, commit.maxSteps);
        }
        bytes32 channelId = _idOf(channel);
        (StoredChannel storage stored, ChannelSlot slot) = _loadOpen(channelId);
        // Cannot overflow: 128 bits plus 128 bits times 10 bits.
        uint256 capture = uint256(commit.base) + uint256(steps) * commit.unit;
        paid = _capturable(slot, capture);
        bytes32 reached = HashChain.walk(preimage, steps);
        if (reached != commit.root) revert ChannelsPreimageInvalid(commit.root, reached);
        bytes32 structHash = keccak256(
            abi.encode(
                STREAM_COMMIT_TYPEHASH, channelId, commit.base, commit.root, commit.unit, commit.maxSteps
            )
        );
        _checkSignature(_signerOf(channel), structHash, signature);
        _settle(channel, channelId, stored, slot, capture, paid);
    }

    function _checkPayee(address payee) internal view {
        if (msg.sender != payee && !_operators[payee][msg.sender]) {
            revert ChannelsNotPayee(msg.sender, payee);
        }
    }

    /// @dev What a capture would pay. It must be more than nothing and covered by the deposit.
    function _capturable(ChannelSlot slot, uint256 capture) internal pure returns (uint256) {
        (uint256 settled, uint256 deposit) = (slot.settled(), slot.deposit());
        if (capture <= settled) revert ChannelsCaptureTooLow(capture, settled);
        if (capture > deposit) revert ChannelsCaptureAboveDeposit(capture, deposit);
        unchecked {
            // The capture was just found to be above what is settled.
            return capture - settled;
        }
    }

    function _settle(
        Channel calldata channel,
        bytes32 channelId,
        StoredChannel storage stored,
        ChannelSlot slot,
        uint256 capture,
        uint256 paid
    ) private {
        stored.slot = slot.withSettled(capture);
        emit ChannelSettled(channelId, capture);
        _payPayee(channel.payee, channel.token, paid, _feeOf(slot, paid));
    }

    function _settleBatch(Batch calldata batch, uint256 batchIndex) private returns (uint256) {
        (address payee, address token, bytes calldata rows) = (batch.payee, batch.token, batch.rows);
        _checkPayee(payee);
        SettlementRow memory row;
        (row.payee, row.token, row.channels, row.chainId) = (payee, token, address(this), block.chainid);
        (row.domainSeparator, row.batch) = (_domainSeparatorV4(), batchIndex);
        // A row of the log is shorter than any row of the batch.
        bytes memory log = SettlementLog.reserve(rows.length);
        (uint256 total, uint256 fees) = _settleRows(rows, row, log);
        if (total == 0) return 0;
        emit ChannelsSettled(payee, token, log);
        _payPayee(payee, token, total, fees);
        return SettlementLog.count(log);
    }

    function _settleRows(bytes calldata rows, SettlementRow memory row, bytes memory log)
        private
        returns (uint256 total, uint256 fees)
    {
        for (uint256 offset = 0; offset < rows.length;) {
            offset = row.read(rows, offset);
            if (offset > rows.length) revert ChannelsRowsTruncated(row.batch, row.index);
            (uint256 paid, uint256 feeAmount) = _settleRow(row, log);
            unchecked {
                // Sums of 96-bit amounts would need 2^160 rows to overflow.
                total += paid;
                fees += feeAmount;
                ++row.index;
            }
        }
    }

    /// @dev Records what a row captures; nothing when it cannot be paid. The signature is checked last because it costs
    /// most.
    function _settleRow(SettlementRow memory row, bytes memory log)
        private
        returns (uint256 paid, uint256 feeAmount)
    {
        bytes32 channelId = row.channelId();
        StoredChannel storage stored = _stored(channelId);
        ChannelSlot slot = stored.slot;
        (uint256 capture, uint256 settled) = (row.capture, slot.settled());
        if (row.hasUnknownFlags()) return _skip(row, channelId, SkipReason.FlagsUnknown);
        if (slot.isUnknown()) return _skip(row, channelId, SkipReason.ChannelUnknown);
        if (slot.isClosed()) return _skip(row, channelId, SkipReason.ChannelClosed);
        if (capture <= settled) return _skip(row, channelId, SkipReason.CaptureTooLow);
        if (capture > row.cumulativeAmount) return _skip(row, channelId, SkipReason.CaptureAboveAuthorized);
        if (capture > slot.deposit()) return _skip(row, channelId, SkipReason.CaptureAboveDeposit);
        if (!row.isSigned(channelId, VOUCHER_TYPEHASH)) {
            return _skip(row, channelId, SkipReason.SignatureInvalid);
        }
        stored.slot = slot.withSettled(capture);
        SettlementLog.append(log, channelId, capture);
        unchecked {
            // The capture was just found to be above what is settled.
            paid = capture - settled;
        }
        feeAmount = _feeOf(slot, paid);
    }

    function _skip(SettlementRow memory row, bytes32 channelId, SkipReason reason)
        private
        returns (uint256, uint256)
    {
        emit RowSkipped(channelId, row.payee, row.batch, row.index, reason);
        return (0, 0);
    }
}
