// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Builds the packed rows of a batch's event: channel id (32 bytes) and settled amount (12 bytes).
library SettlementLog {
    uint256 private constant ROW_SIZE = 44;

    /// @dev Reserves room for so many bytes, and for the last row to be written as two whole words.
    function reserve(uint256 size) internal pure returns (bytes memory log) {
        assembly ("memory-safe") {
            log := mload(0x40)
            mstore(log, 0)
            mstore(0x40, and(add(add(log, size), 95), not(31)))
        }
    }

    /// @dev Appends a row. There must be room for it.
    function append(bytes memory log, bytes32 channelId, uint256 settled) internal pure {
        assembly ("memory-safe") {
            let length := mload(log)
            let end := add(add(log, 0x20), length)
            mstore(end, channelId)
            mstore(add(end, 0x20), shl(160, settled))
            mstore(log, add(length, ROW_SIZE))
        }
    }

    /// @dev Number of rows.
    function count(bytes memory log) internal pure returns (uint256) {
        return log.length / ROW_SIZE;
    }
}
