// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Everything that identifies a channel; it travels in calldata and is never stored.
/// @param payer Who funds the channel and gets back what was not spent.
/// @param payee Who is paid.
/// @param token The ERC-20 token that the channel is denominated in.
/// @param salt Tells channels between the same parties apart.
/// @param authorizedSigner Key that signs vouchers; zero means the payer.
struct Channel {
    address payer;
    address payee;
    address token;
    bytes32 salt;
    address authorizedSigner;
}

/// @notice What the contract keeps about a channel, in one storage slot.
/// @param settled Base units paid out since the channel opened, protocol fees included.
/// @param deposit Base units put in since the channel opened; zero only when the channel never existed.
/// @param closeAt Unix time from which the payer may withdraw; zero when no exit is pending.
/// @param closed Whether the channel ended. A closed channel never opens again.
/// @param refundsToVault Whether what is left goes to the payer's vault rather than to the payer.
/// @param feeBps Protocol fee in basis points, fixed when the channel opened.
struct ChannelState {
    uint96 settled;
    uint96 deposit;
    uint40 closeAt;
    bool closed;
    bool refundsToVault;
    uint16 feeBps;
}

/// @notice An ERC-3009 authorization whose nonce this contract derives.
/// @param validAfter Unix time after which it is valid.
/// @param validBefore Unix time before which it is valid.
/// @param v Recovery byte of the signature.
/// @param r First half of the signature.
/// @param s Second half of the signature.
struct Authorization {
    uint256 validAfter;
    uint256 validBefore;
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// @notice An ERC-2612 permit for this contract.
/// @param value Allowance that the permit grants, in base units.
/// @param deadline Unix time until which the permit is valid.
/// @param v Recovery byte of the signature.
/// @param r First half of the signature.
/// @param s Second half of the signature.
struct Permit {
    uint256 value;
    uint256 deadline;
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// @notice The payer's EIP-712 consent to a call that somebody else sends.
/// @param deadline Unix time until which the consent is valid.
/// @param signature The payer's signature; empty when the payer sends the call.
struct Consent {
    uint256 deadline;
    bytes signature;
}

/// @notice A Permit2 signature transfer to this contract.
/// @param nonce Unordered Permit2 nonce.
/// @param deadline Unix time until which it is valid.
/// @param signature The payer's signature.
struct Permit2Transfer {
    uint256 nonce;
    uint256 deadline;
    bytes signature;
}

/// @notice The payer's commitment to a hash chain: k revealed links are worth `base + k * unit`.
/// @param base Cumulative amount at the start of the stream, in base units.
/// @param root `keccak256` applied `maxSteps` times to a secret seed.
/// @param unit Value of one link, in base units.
/// @param maxSteps Number of links.
struct StreamCommit {
    uint128 base;
    bytes32 root;
    uint128 unit;
    uint32 maxSteps;
}

/// @notice Channels of one payee and token that are settled together.
/// @param payee Who is paid.
/// @param token The token of all channels in the batch.
/// @param rows Packed rows, see {IChannelSettlement-settleMany}.
struct Batch {
    address payee;
    address token;
    bytes rows;
}

/// @notice Why a row of a batch was left out.
enum SkipReason {
    FlagsUnknown,
    ChannelUnknown,
    ChannelClosed,
    CaptureTooLow,
    CaptureAboveAuthorized,
    CaptureAboveDeposit,
    SignatureInvalid
}

/// @notice What an owner lets a session key draw from the vault.
/// @param cap Base units that the key may draw in total.
/// @param used Base units that it has drawn. Refunds do not lower it.
/// @param expiry Unix time from which the key is refused.
/// @param payees Merkle root of the payees that it may open channels to; zero means any.
struct Session {
    uint96 cap;
    uint96 used;
    uint40 expiry;
    bytes32 payees;
}
