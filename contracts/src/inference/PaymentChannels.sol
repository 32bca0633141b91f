// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ChannelExit} from "./ChannelExit.sol";
import {ChannelSessions} from "./ChannelSessions.sol";
import {IPaymentChannels} from "./IPaymentChannels.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

/// @title Payment channels for metered inference
/// @notice A payer locks ERC-20 tokens once, pays a provider with signed cumulative vouchers while it uses the
/// service, and gets back what was not spent. The access manager governs the protocol fee and nothing else.
contract PaymentChannels is IPaymentChannels, ChannelSessions, ChannelExit, AccessManaged {
    /// @inheritdoc IPaymentChannels
    uint256 public constant MAX_FEE = 100;

    /// @param authority Access manager that decides who may set the fee.
    constructor(address authority) AccessManaged(authority) {}

    /// @inheritdoc IPaymentChannels
    function setFee(uint16 bps, address recipient) external restricted {
        if (bps > MAX_FEE) revert ChannelsFeeTooHigh(bps, MAX_FEE);
        // Without a fee too: channels that opened at an earlier one still pay it to whoever is recipient.
        if (bps != 0 || recipient != address(0)) _checkAddress(recipient);
        _storeFee(bps, recipient);
        emit FeeSet(bps, recipient);
    }

    /// @inheritdoc IPaymentChannels
    function fee() external view returns (uint16 bps, address recipient) {
        return _fee();
    }
}
