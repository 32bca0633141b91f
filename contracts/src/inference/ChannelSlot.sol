// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ChannelState} from "./ChannelTypes.sol";

/// @dev A channel's state in one word, from the lowest bit: settled 96, deposit 96, closeAt 40, closed 1,
/// refundsToVault 1, six spare bits, feeBps 16. Zero means that the channel never existed.
type ChannelSlot is uint256;

using ChannelSlots for ChannelSlot global;

/// @notice Reads and changes a packed channel state.
library ChannelSlots {
    uint256 private constant AMOUNT_BITS = 96;
    uint256 private constant AMOUNT_MASK = type(uint96).max;
    uint256 private constant CLOSE_AT_SHIFT = 192;
    uint256 private constant CLOSE_AT_MASK = type(uint40).max;
    uint256 private constant CLOSED = 1 << 232;
    uint256 private constant REFUNDS_TO_VAULT = 1 << 233;
    uint256 private constant FEE_SHIFT = 240;

    /// @dev A new channel. The caller has checked that `amount` fits into 96 bits.
    function opened(uint256 amount, bool fromVault, uint256 bps) internal pure returns (ChannelSlot) {
        uint256 word = (amount << AMOUNT_BITS) | (bps << FEE_SHIFT);
        return ChannelSlot.wrap(fromVault ? word | REFUNDS_TO_VAULT : word);
    }

    function isUnknown(ChannelSlot slot) internal pure returns (bool) {
        return ChannelSlot.unwrap(slot) == 0;
    }

    function isClosed(ChannelSlot slot) internal pure returns (bool) {
        return ChannelSlot.unwrap(slot) & CLOSED != 0;
    }

    function refundsToVault(ChannelSlot slot) internal pure returns (bool) {
        return ChannelSlot.unwrap(slot) & REFUNDS_TO_VAULT != 0;
    }

    function settled(ChannelSlot slot) internal pure returns (uint256) {
        return ChannelSlot.unwrap(slot) & AMOUNT_MASK;
    }

    function deposit(ChannelSlot slot) internal pure returns (uint256) {
        return (ChannelSlot.unwrap(slot) >> AMOUNT_BITS) & AMOUNT_MASK;
    }

    function closeAt(ChannelSlot slot) internal pure returns (uint256) {
        return (ChannelSlot.unwrap(slot) >> CLOSE_AT_SHIFT) & CLOSE_AT_MASK;
    }

    function feeBps(ChannelSlot slot) internal pure returns (uint256) {
        return ChannelSlot.unwrap(slot) >> FEE_SHIFT;
    }

    /// @dev The caller has checked that `amount` is at most the deposit.
    function withSettled(ChannelSlot slot, uint256 amount) internal pure returns (ChannelSlot) {
        return ChannelSlot.wrap((ChannelSlot.unwrap(slot) & ~AMOUNT_MASK) | amount);
    }

    /// @dev Also cancels a pending exit. The caller has checked that `amount` fits into 96 bits.
    function withDeposit(ChannelSlot slot, uint256 amount) internal pure returns (ChannelSlot) {
        uint256 word = ChannelSlot.unwrap(slot.withCloseAt(0)) & ~(AMOUNT_MASK << AMOUNT_BITS);
        return ChannelSlot.wrap(word | (amount << AMOUNT_BITS));
    }

    /// @dev The caller has checked that `time` fits into 40 bits.
    function withCloseAt(ChannelSlot slot, uint256 time) internal pure returns (ChannelSlot) {
        uint256 word = ChannelSlot.unwrap(slot) & ~(CLOSE_AT_MASK << CLOSE_AT_SHIFT);
        return ChannelSlot.wrap(word | (time << CLOSE_AT_SHIFT));
    }

    /// @dev The tombstone: the amounts stay readable, and no channel can open with this id again.
    function ended(ChannelSlot slot) internal pure returns (ChannelSlot) {
        return ChannelSlot.wrap(ChannelSlot.unwrap(slot.withCloseAt(0)) | CLOSED);
    }

    function toState(ChannelSlot slot) internal pure returns (ChannelState memory) {
        // The casts cannot truncate: each reader masks its field to that width.
        return ChannelState({
            settled: uint96(slot.settled()),
            deposit: uint96(slot.deposit()),
            closeAt: uint40(slot.closeAt()),
            closed: slot.isClosed(),
            refundsToVault: slot.refundsToVault(),
            feeBps: uint16(slot.feeBps())
        });
    }
}
