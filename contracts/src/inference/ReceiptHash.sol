// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {UsageReceipt} from "./RegistryTypes.sol";

/// @notice Hashes receipts as EIP-712 does, in the domain that providers sign in off chain.
library ReceiptHash {
    bytes32 private constant _DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant _RECEIPT_TYPEHASH = keccak256(
        "UsageReceipt(bytes32 channelId,uint64 sequence,bytes32 requestHash,bytes32 responseHash,bytes32 modelHash,bytes32 priceTableHash,bytes32 policyHash,uint64 inputTokens,uint64 cachedInputTokens,uint64 outputTokens,uint64 reasoningTokens,uint128 cost,uint128 cumulative)"
    );

    /// @dev Computed anew for every proof, so that it follows the chain through a fork.
    function domainOf(address channels) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                _DOMAIN_TYPEHASH, keccak256("AIToken Inference"), keccak256("1"), block.chainid, channels
            )
        );
    }

    /// @dev Every field is one word, so encoding the struct is encoding its fields.
    function hash(UsageReceipt calldata receipt) internal pure returns (bytes32) {
        return keccak256(abi.encode(_RECEIPT_TYPEHASH, receipt));
    }
}
