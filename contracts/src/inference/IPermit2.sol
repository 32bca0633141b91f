// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The part of Permit2 that pulls tokens with a signature and a witness
interface IPermit2 {
    /// @notice The token and the amount that were signed for.
    struct TokenPermissions {
        address token;
        uint256 amount;
    }

    /// @notice The signed transfer.
    struct PermitTransferFrom {
        TokenPermissions permitted;
        uint256 nonce;
        uint256 deadline;
    }

    /// @notice Where the tokens go.
    struct SignatureTransferDetails {
        address to;
        uint256 requestedAmount;
    }

    /// @notice Transfers tokens that the owner signed for, together with data of the spender's choice.
    /// @param permit The signed transfer.
    /// @param transferDetails Where the tokens go.
    /// @param owner Who signed.
    /// @param witness Hash of the spender's data.
    /// @param witnessTypeString The rest of the EIP-712 type after the permit's own fields.
    /// @param signature The owner's signature.
    function permitWitnessTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata transferDetails,
        address owner,
        bytes32 witness,
        string calldata witnessTypeString,
        bytes calldata signature
    ) external;
}
