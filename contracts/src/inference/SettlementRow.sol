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
    address signer;
    uint256 flags;
    uint256 capture;
    uint256 cumulativeAmount;
    bytes32 r;
    bytes32 vs;
    bytes32 domainSeparator;
    uint256 batch;
    uint256 index;
}

using SettlementRows for SettlementRow global;

/// @notice Reads packed settlement rows and hashes what they stand for, without allocating memory.
library SettlementRows {
    uint256 private constant WITH_SIGNER = 1;
    uint256 private constant WITH_LONG_SALT = 2;
    uint256 private constant KNOWN_FLAGS = 3;

    /// @dev Half the order of secp256k1. Of a signature and its twin, the one with s up to here is the valid one.
    uint256 private constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

    /// @dev Reads the row at an offset and returns where it ends, which may be past the end of the rows: what lies there
    /// reads as something, and the caller throws it away. In assembly because packed calldata has no other reader:
    /// each word is loaded where its field starts and shifted to its width.
    function read(SettlementRow memory row, bytes calldata rows, uint256 offset)
        internal
        pure
        returns (uint256 end)
    {
        assembly ("memory-safe") {
            let cursor := add(rows.offset, offset)
            let head := calldataload(cursor)
            let flags := shr(248, head)
            let signer := shr(96, shl(8, head))
            mstore(row, signer)
            cursor := add(cursor, 21)

            let key := 0
            if and(flags, WITH_SIGNER) {
                key := shr(96, calldataload(cursor))
                if key { signer := key }
                cursor := add(cursor, 20)
            }
            mstore(add(row, 0x80), key)
            mstore(add(row, 0xe0), signer)
            mstore(add(row, 0x100), flags)

            let salt := calldataload(cursor)
            switch and(flags, WITH_LONG_SALT)
            case 0 {
                salt := shr(192, salt)
                cursor := add(cursor, 8)
            }
            default { cursor := add(cursor, 32) }
            mstore(add(row, 0x60), salt)

            let amounts := calldataload(cursor)
            mstore(add(row, 0x120), shr(160, amounts))
            mstore(add(row, 0x140), shr(160, shl(96, amounts)))
            // r and vs follow each other in the row as in memory.
            calldatacopy(add(row, 0x160), add(cursor, 24), 0x40)
            end := sub(add(cursor, 88), rows.offset)
        }
    }

    function hasUnknownFlags(SettlementRow memory row) internal pure returns (bool) {
        return row.flags > KNOWN_FLAGS;
    }

    /// @dev The channel that the row names.
    function channelId(SettlementRow memory row) internal pure returns (bytes32 id) {
        assembly ("memory-safe") {
            id := keccak256(row, 0xe0)
        }
    }

    /// @dev Whether the channel's signer signed the row's voucher. Nobody's signature and the malleable twin of one (high
    /// s) do not count. In assembly because hashing and recovering in reused memory is most of what a row costs besides
    /// storage: the memory past the free pointer first holds the voucher, then the EIP-712 message, then what
    /// ecrecover reads.
    function isSigned(SettlementRow memory row, bytes32 id, bytes32 voucherTypehash)
        internal
        view
        returns (bool signed)
    {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, voucherTypehash)
            mstore(add(free, 0x20), id)
            mstore(add(free, 0x40), mload(add(row, 0x140)))
            let structHash := keccak256(free, 0x60)

            mstore(free, shl(240, 0x1901))
            mstore(add(free, 0x02), mload(add(row, 0x1a0)))
            mstore(add(free, 0x22), structHash)
            mstore(free, keccak256(free, 0x42))

            let vs := mload(add(row, 0x180))
            let s := shr(1, shl(1, vs))
            mstore(add(free, 0x20), add(shr(255, vs), 27))
            mstore(add(free, 0x40), mload(add(row, 0x160)))
            mstore(add(free, 0x60), s)
            // The precompile writes nothing when it recovers nobody: the word then stays zero, which never counts.
            mstore(0x00, 0)
            pop(staticcall(gas(), 1, free, 0x80, 0x00, 0x20))
            let recovered := mload(0x00)
            signed := and(eq(recovered, mload(add(row, 0xe0))), gt(recovered, 0))
            signed := and(signed, iszero(gt(s, HALF_ORDER)))
        }
    }
}
