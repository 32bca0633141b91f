// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Walks hash chains.
library HashChain {
    /// @dev Applies `keccak256` to a word `steps` times. In assembly because the same loop in Solidity would
    /// allocate memory at every step: here a step is one hash, one store into scratch memory, and the counter.
    function walk(bytes32 link, uint256 steps) internal pure returns (bytes32 reached) {
        assembly ("memory-safe") {
            mstore(0x00, link)
            for {} steps { steps := sub(steps, 1) } { mstore(0x00, keccak256(0x00, 0x20)) }
            reached := mload(0x00)
        }
    }
}
