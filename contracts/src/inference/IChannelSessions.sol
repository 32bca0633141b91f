// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel, Session} from "./ChannelTypes.sol";

/// @title Session keys that draw on a vault within a budget
interface IChannelSessions {
    /// @notice An owner granted or changed a session; what the key has used is kept.
    /// @param owner Whose vault.
    /// @param key The session key.
    /// @param token The token.
    /// @param cap Base units that the key may draw in total.
    /// @param expiry Unix time from which the key is refused.
    /// @param payees Merkle root of the allowed payees; zero means any.
    event SessionSet(
        address indexed owner,
        address indexed key,
        address indexed token,
        uint256 cap,
        uint256 expiry,
        bytes32 payees
    );

    /// @notice An owner ended a session, which also forgets what the key has used.
    /// @param owner Whose vault.
    /// @param key The session key.
    /// @param token The token.
    event SessionRevoked(address indexed owner, address indexed key, address indexed token);

    /// @notice A session key drew on a vault.
    /// @param owner Whose vault.
    /// @param key The session key.
    /// @param token The token.
    /// @param used Base units that the key has drawn in total.
    event SessionUsed(address indexed owner, address indexed key, address indexed token, uint256 used);

    /// @notice The owner gave the key no session for the token.
    /// @param owner Whose vault.
    /// @param key The key.
    /// @param token The token.
    error ChannelsSessionUnknown(address owner, address key, address token);

    /// @notice The session is over, or a new one would already be over.
    /// @param expiry Unix time from which the key is refused.
    error ChannelsSessionExpired(uint256 expiry);

    /// @notice The key asked for more than is left of its budget.
    /// @param needed What was asked for, in base units.
    /// @param remaining What is left, in base units.
    error ChannelsSessionCapExceeded(uint256 needed, uint256 remaining);

    /// @notice The key may not pay this payee, or the Merkle proof is wrong.
    /// @param payee The payee.
    error ChannelsSessionPayeeNotAllowed(address payee);

    /// @notice Lets a key open and top up channels from the caller's vault, within a budget.
    /// @dev Changing a session keeps what was used, so that a raised cap cannot be drawn twice. Whoever holds the
    /// key can pay anyone when `payees` is zero: bound the payees unless the cap is pocket money.
    /// @param key The session key.
    /// @param token The token.
    /// @param cap Base units that the key may draw in total, since the session was first set or last revoked.
    /// @param expiry Unix time from which the key is refused.
    /// @param payees Merkle root over leaves `keccak256(bytes.concat(keccak256(abi.encode(payee))))` in sorted
    /// pairs, as the OpenZeppelin `merkle-tree` package builds it; zero means any payee.
    function setSession(address key, address token, uint96 cap, uint40 expiry, bytes32 payees) external;

    /// @notice Ends a session at once. Channels that the key opened stay open.
    /// @param key The session key.
    /// @param token The token.
    function revokeSession(address key, address token) external;

    /// @notice Opens a channel from the payer's vault; the caller is a session key of the payer.
    /// @param channel The channel to open.
    /// @param amount Base units to put in.
    /// @param proof Merkle proof of the payee; empty when any payee is allowed.
    /// @return channelId The new channel.
    function openFromVaultWithSession(Channel calldata channel, uint128 amount, bytes32[] calldata proof)
        external
        returns (bytes32 channelId);

    /// @notice Adds to a channel from the payer's vault; the caller is a session key of the payer.
    /// @dev A session key cannot cancel the payer's exit: a channel that is closing is refused.
    /// @param channel The channel.
    /// @param amount Base units to add.
    /// @param proof Merkle proof of the payee; empty when any payee is allowed.
    /// @return deposit Base units put in since the channel opened.
    function topUpFromVaultWithSession(Channel calldata channel, uint128 amount, bytes32[] calldata proof)
        external
        returns (uint256 deposit);

    /// @notice Opens a channel from the payer's vault; anybody may send it.
    /// @param channel The channel to open.
    /// @param amount Base units to put in.
    /// @param signer The payer, or a session key of the payer.
    /// @param deadline Unix time until which the signature is valid.
    /// @param signature The signer's `OpenFromVault(bytes32 channelId,uint128 amount,uint256 deadline)`.
    /// @param proof Merkle proof of the payee; empty when the payer signs or any payee is allowed.
    /// @return channelId The new channel.
    function openFromVaultWithSignature(
        Channel calldata channel,
        uint128 amount,
        address signer,
        uint256 deadline,
        bytes calldata signature,
        bytes32[] calldata proof
    ) external returns (bytes32 channelId);

    /// @notice Reads a session.
    /// @param owner Whose vault.
    /// @param key The session key.
    /// @param token The token.
    /// @return session The session; all zero when there is none.
    function getSession(address owner, address key, address token)
        external
        view
        returns (Session memory session);
}
