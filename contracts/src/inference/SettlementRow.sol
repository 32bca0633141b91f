// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev One row of a batch in memory. The first seven words are what a channel id hashes, in that order, so that the
/// id is one hash over the struct itself. A batch reuses one row: memory would otherwise grow with every row.
struct SettlementRow {
    address payer;
    address payee;
    address token;
    bytes32 salt;
    address authorizedSigner;
    address channels;
    uint256 chainId;
    uint256 capture;
    uint256 cumulativeAmount;
    bytes32 r;
    bytes32 vs;
}

using SettlementRows for SettlementRow global;

/// @notice Reads packed settlement rows and hashes what they stand for, without allocating memory.
library SettlementRows {
    uint256 internal constant WITH_SIGNER = 1;
    uint256 internal constant WITH_LONG_SALT = 2;
    uint256 internal constant MINIMUM_SIZE = 117;

    /// @dev Size of a row in bytes, from its flags.
    function size(uint256 flags) internal pure returns (uint256 bytesUsed) {
        bytesUsed = MINIMUM_SIZE;
        unchecked {
            // Three small constants.
            if (flags & WITH_SIGNER != 0) bytesUsed += 20;
            if (flags & WITH_LONG_SALT != 0) bytesUsed += 24;
        }
    }

    /// @dev Reads a row into memory. The caller has checked that it lies within the rows. In assembly because packed
    /// calldata has no other reader: each word is loaded where the field starts and shifted to its width.
    function read(SettlementRow memory row, bytes calldata rows, uint256 offset, uint256 flags) internal pure {
        assembly ("memory-safe") {
            let cursor := add(add(rows.offset, offset), 1)
            mstore(row, shr(96, calldataload(cursor)))
            cursor := add(cursor, 20)

            let key := 0
            if and(flags, WITH_SIGNER) {
                key := shr(96, calldataload(cursor))
                cursor := add(cursor, 20)
            }
            mstore(add(row, 0x80), key)

            switch and(flags, WITH_LONG_SALT)
            case 0 {
                mstore(add(row, 0x60), shr(192, calldataload(cursor)))
                cursor := add(cursor, 8)
            }
            default {
                mstore(add(row, 0x60), calldataload(cursor))
                cursor := add(cursor, 32)
            }

            let amounts := calldataload(cursor)
            mstore(add(row, 0xe0), shr(160, amounts))
            mstore(add(row, 0x100), shr(160, shl(96, amounts)))
            mstore(add(row, 0x120), calldataload(add(cursor, 24)))
            mstore(add(row, 0x140), calldataload(add(cursor, 56)))
        }
    }

    /// @dev The channel that the row names.
    function channelId(SettlementRow memory row) internal pure returns (bytes32 id) {
        assembly ("memory-safe") {
            id := keccak256(row, 0xe0)
        }
    }

    /// @dev Who must have signed the row's voucher.
    function signer(SettlementRow memory row) internal pure returns (address) {
        return row.authorizedSigner == address(0) ? row.payer : row.authorizedSigner;
    }

    /// @dev EIP-712 struct hash of the row's voucher, in memory past the free pointer that nothing else uses yet.
    function voucherHash(SettlementRow memory row, bytes32 typehash, bytes32 id)
        internal
        pure
        returns (bytes32 structHash)
    {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typehash)
            mstore(add(free, 0x20), id)
            mstore(add(free, 0x40), mload(add(row, 0x100)))
            structHash := keccak256(free, 0x60)
        }
    }
}
