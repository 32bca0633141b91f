// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {ChannelLedger} from "./ChannelLedger.sol";
import {ChannelSlot} from "./ChannelSlot.sol";
import {Batch, Channel, SkipReason, StreamCommit} from "./ChannelTypes.sol";
import {HashChain} from "./HashChain.sol";
import {IChannelSettlement} from "./IChannelSettlement.sol";
import {SettlementLog} from "./SettlementLog.sol";
import {SettlementRow, SettlementRows} from "./SettlementRow.sol";

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
    function settle(Channel calldata channel, uint128 cumulativeAmount, uint128 capture, bytes calldata signature)
        external
        nonReentrant
        returns (uint256 paid)
    {
        _checkPayee(channel.payee);
        if (capture > cumulativeAmount) revert ChannelsCaptureAboveAuthorized(capture, cumulativeAmount);
        bytes32 channelId = _idOf(channel);
        ChannelSlot slot = _loadOpen(channelId);
        paid = _capturable(slot, capture);
        _checkVoucher(channel, channelId, cumulativeAmount, signature);
        _settle(channel, channelId, slot, capture, paid);
    }

    /// @inheritdoc IChannelSettlement
    function settleMany(Batch[] calldata batches) external nonReentrant returns (uint256 settledRows) {
        bytes32 domain = _domainSeparatorV4();
        for (uint256 i = 0; i < batches.length; ++i) {
            settledRows += _settleBatch(batches[i], i, domain);
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
        ChannelSlot slot = _loadOpen(channelId);
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
        _settle(channel, channelId, slot, capture, paid);
    }

    function _checkPayee(address payee) internal view {
        if (msg.sender != payee && !_operators[payee][msg.sender]) revert ChannelsNotPayee(msg.sender, payee);
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
        ChannelSlot slot,
        uint256 capture,
        uint256 paid
    ) private {
        _store(channelId, slot.withSettled(capture));
        emit ChannelSettled(channelId, capture);
        _payPayee(channel.payee, channel.token, paid, _feeOf(slot, paid));
    }

    function _settleBatch(Batch calldata batch, uint256 batchIndex, bytes32 domain)
        private
        returns (uint256 settledRows)
    {
        _checkPayee(batch.payee);
        bytes calldata rows = batch.rows;
        bytes memory log = SettlementLog.reserve(rows.length / SettlementRows.MINIMUM_SIZE);
        SettlementRow memory row;
        (row.payee, row.token, row.channels, row.chainId) =
            (batch.payee, batch.token, address(this), block.chainid);
        uint256 total = 0;
        uint256 fees = 0;
        uint256 index = 0;
        for (uint256 offset = 0; offset < rows.length; ++index) {
            uint256 flags = uint8(rows[offset]);
            uint256 end = offset + SettlementRows.size(flags);
            if (end > rows.length) revert ChannelsRowsTruncated(batchIndex, index);
            row.read(rows, offset, flags);
            offset = end;
            bytes32 channelId = row.channelId();
            ChannelSlot slot = _load(channelId);
            (bool accepted, SkipReason reason) = _check(row, flags, channelId, slot, domain);
            if (!accepted) {
                emit RowSkipped(channelId, batch.payee, batchIndex, index, reason);
                continue;
            }
            _store(channelId, slot.withSettled(row.capture));
            SettlementLog.append(log, channelId, row.capture);
            unchecked {
                // Each sum is over at most a block's worth of 96-bit amounts; the capture is above what was settled.
                uint256 paid = row.capture - slot.settled();
                total += paid;
                fees += _feeOf(slot, paid);
                ++settledRows;
            }
        }
        if (settledRows == 0) return 0;
        emit ChannelsSettled(batch.payee, batch.token, log);
        _payPayee(batch.payee, batch.token, total, fees);
    }

    /// @dev Whether a row can be paid, and otherwise why not. The signature comes last because it costs most.
    function _check(SettlementRow memory row, uint256 flags, bytes32 channelId, ChannelSlot slot, bytes32 domain)
        private
        pure
        returns (bool accepted, SkipReason reason)
    {
        if (flags > (SettlementRows.WITH_SIGNER | SettlementRows.WITH_LONG_SALT)) {
            return (false, SkipReason.FlagsUnknown);
        }
        if (slot.isUnknown()) return (false, SkipReason.ChannelUnknown);
        if (slot.isClosed()) return (false, SkipReason.ChannelClosed);
        if (row.capture <= slot.settled()) return (false, SkipReason.CaptureTooLow);
        if (row.capture > row.cumulativeAmount) return (false, SkipReason.CaptureAboveAuthorized);
        if (row.capture > slot.deposit()) return (false, SkipReason.CaptureAboveDeposit);
        bytes32 structHash = row.voucherHash(VOUCHER_TYPEHASH, channelId);
        bytes32 digest = MessageHashUtils.toTypedDataHash(domain, structHash);
        (address recovered, ECDSA.RecoverError failure,) = ECDSA.tryRecover(digest, row.r, row.vs);
        if (failure != ECDSA.RecoverError.NoError || recovered != row.signer()) {
            return (false, SkipReason.SignatureInvalid);
        }
        return (true, reason);
    }
}
