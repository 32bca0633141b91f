// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IChannelExit} from "./IChannelExit.sol";
import {IChannelFunding} from "./IChannelFunding.sol";
import {IChannelLedger} from "./IChannelLedger.sol";
import {IChannelSessions} from "./IChannelSessions.sol";
import {IChannelSettlement} from "./IChannelSettlement.sol";
import {IChannelVault} from "./IChannelVault.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";

/// @title Payment channels for metered inference
/// @notice A payer locks ERC-20 tokens once, pays a provider with signed cumulative vouchers while it uses the
/// service, and gets back what was not spent. Channel ids and vouchers are those of the MPP draft `evm/session`.
/// Amounts fit into 96 bits. Tokens that take a fee on transfer are refused. Tokens whose
/// balances change by themselves, or that charge the sender on top of an amount, are not supported: they would leave
/// less than is owed, to the holders of that token only.
interface IPaymentChannels is
    IChannelExit,
    IChannelSettlement,
    IChannelSessions,
    IChannelVault,
    IChannelFunding,
    IChannelLedger,
    IERC5267
{
    /// @notice The protocol fee of channels opened from now on changed.
    /// @param bps Fee in basis points of what payees capture.
    /// @param recipient Whose vault collects fees, of older channels too.
    event FeeSet(uint256 bps, address indexed recipient);

    /// @notice The fee is above its ceiling.
    /// @param bps Fee in basis points.
    /// @param maximum Highest fee in basis points.
    error ChannelsFeeTooHigh(uint256 bps, uint256 maximum);

    /// @notice Highest protocol fee.
    /// @return bps Basis points.
    function MAX_FEE() external view returns (uint256 bps);

    /// @notice Sets the protocol fee of channels opened from now on. Open channels keep the fee they opened with.
    /// @dev Restricted by the access manager. Without a recipient no fee is taken from any channel.
    /// @param bps Fee in basis points of what payees capture.
    /// @param recipient Whose vault collects fees, of older channels too.
    function setFee(uint16 bps, address recipient) external;

    /// @notice Reads the protocol fee of channels opened now.
    /// @return bps Fee in basis points.
    /// @return recipient Whose vault collects fees.
    function fee() external view returns (uint16 bps, address recipient);
}
