// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "./ChannelTypes.sol";

/// @title Ending channels
/// @notice The payee closes at any time, anybody closes with the payee's final statement, and the payer can always
/// leave alone after a grace period. None of it can be paused.
interface IChannelExit {
    /// @notice A channel ended.
    /// @param channelId The channel.
    /// @param settled Base units paid out since the channel opened.
    /// @param refunded Base units that went back to the payer or the payer's vault.
    event ChannelClosed(bytes32 indexed channelId, uint256 settled, uint256 refunded);

    /// @notice The payer wants to leave: settle before the grace period is over.
    /// @param channelId The channel.
    /// @param payee Who should settle.
    /// @param closeAt Unix time from which the payer may withdraw.
    event ChannelCloseRequested(bytes32 indexed channelId, address indexed payee, uint256 closeAt);

    /// @notice The payer did not announce the exit, or a top-up cancelled it.
    /// @param channelId The channel.
    error ChannelsCloseNotRequested(bytes32 channelId);

    /// @notice The grace period is not over.
    /// @param channelId The channel.
    /// @param closeAt Unix time from which the payer may withdraw.
    error ChannelsGraceNotOver(bytes32 channelId, uint256 closeAt);

    /// @notice How long the payee has to settle after the payer announced the exit.
    /// @return period Seconds.
    function GRACE_PERIOD() external view returns (uint256 period);

    /// @notice Pays the payee what was spent, refunds the rest and ends the channel. Only the payee or its operator
    /// may call.
    /// @dev When `capture` is what was settled before, nothing is owed and voucher and signature are ignored.
    /// @param channel The channel.
    /// @param cumulativeAmount Total that the voucher authorizes, in base units.
    /// @param capture Total spent since the channel opened, in base units; at most `cumulativeAmount`.
    /// @param signature The voucher's signature; may be empty when nothing is owed.
    /// @return paid Base units taken for the payee, protocol fee included.
    /// @return refunded Base units that went back to the payer or the payer's vault.
    function close(
        Channel calldata channel,
        uint128 cumulativeAmount,
        uint128 capture,
        bytes calldata signature
    ) external returns (uint256 paid, uint256 refunded);

    /// @notice Ends the channel at once with the payee's final statement; anybody may call.
    /// @dev The statement is EIP-712 `FinalStatement(bytes32 channelId,uint128 spent,uint256 deadline)` by the payee or
    /// its operator. When it names more than was settled, the payer must agree: by calling, or by a voucher of at
    /// least `spent`. It stands until its deadline, even if more is spent after it was signed, and falls only when more
    /// is settled: a payee that signs one serves the channel no further.
    /// @param channel The channel.
    /// @param spent Total spent since the channel opened, in base units.
    /// @param deadline Unix time until which the statement is valid.
    /// @param payeeSignature The statement's signature.
    /// @param cumulativeAmount Total that the voucher authorizes; ignored when no voucher is needed.
    /// @param voucherSignature The voucher's signature; may be empty when no voucher is needed.
    /// @return paid Base units taken for the payee, protocol fee included.
    /// @return refunded Base units that went back to the payer or the payer's vault.
    function closeWithStatement(
        Channel calldata channel,
        uint128 spent,
        uint256 deadline,
        bytes calldata payeeSignature,
        uint128 cumulativeAmount,
        bytes calldata voucherSignature
    ) external returns (uint256 paid, uint256 refunded);

    /// @notice Announces the payer's exit and starts the grace period. Only the payer may call.
    /// @param channel The channel.
    /// @return closeAt Unix time from which {withdraw} works.
    function requestClose(Channel calldata channel) external returns (uint256 closeAt);

    /// @notice Refunds what was not settled and ends the channel. Only the payer may call, after the grace period.
    /// @param channel The channel.
    /// @return refunded Base units that went back to the payer or the payer's vault.
    function withdraw(Channel calldata channel) external returns (uint256 refunded);
}
