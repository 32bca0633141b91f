// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {CommonBase} from "forge-std/Base.sol";

import {Channel, StreamCommit} from "../../src/inference/ChannelTypes.sol";

/// Signs what the channels accept, from the words of the specification: nothing here is read from the contract.
abstract contract ChannelSigner is CommonBase {
    function _domain(address channels, uint256 chainId) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("EVM Payment Channel"),
                keccak256("1"),
                chainId,
                channels
            )
        );
    }

    function _id(Channel memory channel, address channels, uint256 chainId) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                channel.payer,
                channel.payee,
                channel.token,
                channel.salt,
                channel.authorizedSigner,
                channels,
                chainId
            )
        );
    }

    function _voucher(bytes32 channelId, uint256 cumulativeAmount) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("Voucher(bytes32 channelId,uint128 cumulativeAmount)"), channelId, cumulativeAmount
            )
        );
    }

    function _statement(bytes32 channelId, uint256 spent, uint256 deadline) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("FinalStatement(bytes32 channelId,uint128 spent,uint256 deadline)"),
                channelId,
                spent,
                deadline
            )
        );
    }

    function _commitHash(bytes32 channelId, StreamCommit memory commit) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "StreamCommit(bytes32 channelId,uint128 base,bytes32 root,uint128 unit,uint32 maxSteps)"
                ),
                channelId,
                commit.base,
                commit.root,
                commit.unit,
                commit.maxSteps
            )
        );
    }

    /// `kind` is Open, TopUp or OpenFromVault with its own field names.
    function _consentHash(string memory type_, bytes32 channelId, uint256 amount, uint256 deadline)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(keccak256(bytes(type_)), channelId, amount, deadline));
    }

    function _digest(bytes32 domain, bytes32 structHash) internal pure returns (bytes32) {
        return keccak256(bytes.concat(hex"1901", domain, structHash));
    }

    function _sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return bytes.concat(r, s, bytes1(v));
    }

    function _signCompact(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (bytes32 r, bytes32 vs) = vm.signCompact(key, digest);
        return bytes.concat(r, vs);
    }

    /// A row with the fields as given, in the layout of `settleMany`; short salts take their low 8 bytes.
    function _row(Channel memory channel, uint256 capture, uint256 authorized, bytes memory compact)
        internal
        pure
        returns (bytes memory)
    {
        bool long = uint256(channel.salt) > type(uint64).max;
        uint8 flags = (channel.authorizedSigner == address(0) ? 0 : 1) | (long ? 2 : 0);
        return bytes.concat(
            bytes1(flags),
            bytes20(channel.payer),
            channel.authorizedSigner == address(0)
                ? bytes("")
                : bytes.concat(bytes20(channel.authorizedSigner)),
            long ? bytes.concat(channel.salt) : bytes.concat(bytes8(uint64(uint256(channel.salt)))),
            bytes12(uint96(capture)),
            bytes12(uint96(authorized)),
            compact
        );
    }

    /// The link that reaches `root` in `steps` hashes, of a chain of `maxSteps` over `seed`.
    function _link(bytes32 seed, uint256 maxSteps, uint256 steps) internal pure returns (bytes32 link) {
        link = seed;
        for (uint256 i = steps; i < maxSteps; ++i) {
            link = keccak256(bytes.concat(link));
        }
    }
}
