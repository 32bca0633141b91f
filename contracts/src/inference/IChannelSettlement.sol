// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Batch, Channel, SkipReason, StreamCommit} from "./ChannelTypes.sol";

/// @title Paying the payee what was spent
/// @notice Every settlement captures what was *spent*, which may be less than what the payer authorized.
interface IChannelSettlement {
    /// @notice A channel paid its payee.
    /// @param channelId The channel.
    /// @param settled Base units paid out since the channel opened.
    event ChannelSettled(bytes32 indexed channelId, uint256 settled);

    /// @notice Channels paid their payee in one transfer.
    /// @param payee Who was paid.
    /// @param token The token.
    /// @param rows One row of 44 bytes a channel: its id (32) and the base units settled since it opened (12).
    event ChannelsSettled(address indexed payee, address indexed token, bytes rows);

    /// @notice A row of a batch was left out.
    /// @param channelId The channel that the row names.
    /// @param payee Who would have been paid.
    /// @param batch Index of the batch.
    /// @param row Index of the row in its batch.
    /// @param reason Why.
    event RowSkipped(
        bytes32 indexed channelId, address indexed payee, uint256 batch, uint256 row, SkipReason reason
    );

    /// @notice A payee let an operator act for it, or no longer does.
    /// @param payee The payee.
    /// @param operator The operator.
    /// @param approved Whether it may act.
    event OperatorSet(address indexed payee, address indexed operator, bool approved);

    /// @notice Nothing is left to pay: the capture is not above what was settled before.
    /// @param capture Base units spent since the channel opened.
    /// @param settled Base units settled before.
    error ChannelsCaptureTooLow(uint256 capture, uint256 settled);

    /// @notice The payer did not authorize that much.
    /// @param capture Base units spent since the channel opened.
    /// @param authorized Base units that the payer signed for.
    error ChannelsCaptureAboveAuthorized(uint256 capture, uint256 authorized);

    /// @notice The channel does not hold that much.
    /// @param capture Base units spent since the channel opened.
    /// @param deposit Base units put in since the channel opened.
    error ChannelsCaptureAboveDeposit(uint256 capture, uint256 deposit);

    /// @notice The rows end in the middle of a row.
    /// @param batch Index of the batch.
    /// @param row Index of the incomplete row.
    error ChannelsRowsTruncated(uint256 batch, uint256 row);

    /// @notice The number of steps is zero, above the commitment, or the commitment is too long.
    /// @param steps Steps revealed.
    /// @param maxSteps Steps that the payer committed to.
    error ChannelsStepsInvalid(uint256 steps, uint256 maxSteps);

    /// @notice The preimage does not hash to the committed root in that many steps.
    /// @param root The root that the payer committed to.
    /// @param reached Where the preimage leads to.
    error ChannelsPreimageInvalid(bytes32 root, bytes32 reached);

    /// @notice Longest hash chain that a stream may commit to, so that settling always fits into a block.
    /// @return steps Number of links.
    function MAX_STREAM_STEPS() external view returns (uint256 steps);

    /// @notice Lets an operator settle and close the caller's channels, or stops it.
    /// @dev An operator also signs final statements. It can never redirect a payment away from the payee.
    /// @param operator The operator.
    /// @param approved Whether it may act.
    function setOperator(address operator, bool approved) external;

    /// @notice Reads whether an operator acts for a payee.
    /// @param payee The payee.
    /// @param operator The operator.
    /// @return approved Whether it may act.
    function isOperator(address payee, address operator) external view returns (bool approved);

    /// @notice Pays the payee what was spent since the last settlement. Only the payee or its operator may call.
    /// @dev The voucher is EIP-712 `Voucher(bytes32 channelId,uint128 cumulativeAmount)`, by ECDSA (65 bytes) or
    /// ERC-1271. A contract that signs can change its mind: prefer an EOA as `authorizedSigner`.
    /// @param channel The channel.
    /// @param cumulativeAmount Total that the voucher authorizes, in base units.
    /// @param capture Total spent since the channel opened, in base units; at most `cumulativeAmount`.
    /// @param signature The voucher's signature.
    /// @return paid Base units taken from the channel, protocol fee included.
    function settle(
        Channel calldata channel,
        uint128 cumulativeAmount,
        uint128 capture,
        bytes calldata signature
    ) external returns (uint256 paid);

    /// @notice Settles many channels and pays each payee and token once.
    /// @dev A row is packed: `flags` 1 byte (bit 0: a signer follows, bit 1: the salt has 32 bytes), `payer` 20,
    /// `authorizedSigner` 20 when bit 0 is set, `salt` 32 when bit 1 is set and otherwise its low 8 bytes with the
    /// others zero, `capture` 12, `cumulativeAmount` 12, and the voucher's compact ERC-2098 signature 64. A bad row is
    /// left out and reported by {RowSkipped}; signatures of contracts (ERC-1271) settle with {settle} instead. A
    /// token that refuses to pay, because it is paused or blocks the payee, fails the whole call: leave its batch out.
    /// @param batches The batches; the caller is payee or operator of each.
    /// @return settledRows Number of rows that were paid.
    function settleMany(Batch[] calldata batches) external returns (uint256 settledRows);

    /// @notice Pays the payee for the links of a hash chain. Only the payee or its operator may call.
    /// @dev The commitment is EIP-712
    /// `StreamCommit(bytes32 channelId,uint128 base,bytes32 root,uint128 unit,uint32 maxSteps)` by the channel's
    /// signer. With a secret `seed`, `root` is `keccak256` applied `maxSteps` times to it; the k-th payment reveals
    /// the `preimage` that hashes to `root` in k steps and makes `base + k * unit` the total spent.
    /// @param channel The channel.
    /// @param commit The commitment.
    /// @param signature The signature of the commitment.
    /// @param steps Number of links that were revealed, from 1.
    /// @param preimage The last revealed link.
    /// @return paid Base units taken from the channel, protocol fee included.
    function settleStream(
        Channel calldata channel,
        StreamCommit calldata commit,
        bytes calldata signature,
        uint32 steps,
        bytes32 preimage
    ) external returns (uint256 paid);
}
