// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Authorization, Channel} from "./ChannelTypes.sol";

/// @title Balances that open channels without a token transfer
interface IChannelVault {
    /// @notice Tokens were put into a vault.
    /// @param owner Whose vault.
    /// @param token The token.
    /// @param amount Base units.
    event VaultDeposited(address indexed owner, address indexed token, uint256 amount);

    /// @notice Tokens were taken out of a vault.
    /// @param owner Whose vault.
    /// @param token The token.
    /// @param to Who received them.
    /// @param amount Base units.
    event VaultWithdrawn(address indexed owner, address indexed token, address indexed to, uint256 amount);

    /// @notice Puts tokens from the caller's allowance into the caller's vault.
    /// @param token The ERC-20 token.
    /// @param amount Base units.
    /// @return balance What the vault holds afterwards, in base units.
    function deposit(address token, uint128 amount) external returns (uint256 balance);

    /// @notice Puts tokens into the owner's vault with an ERC-3009 `receiveWithAuthorization`; anybody may send it.
    /// @dev The authorization's nonce is `keccak256(abi.encode(keccak256("PaymentChannels.deposit"), owner, salt))`.
    /// @param owner Who authorized, and whose vault is credited.
    /// @param token The ERC-20 token.
    /// @param amount Base units; the authorization's value.
    /// @param salt Tells deposits of the same owner apart.
    /// @param authorization The owner's authorization for this contract.
    /// @return balance What the vault holds afterwards, in base units.
    function depositWithAuthorization(
        address owner,
        address token,
        uint128 amount,
        bytes32 salt,
        Authorization calldata authorization
    ) external returns (uint256 balance);

    /// @notice Takes tokens out of the caller's vault.
    /// @param token The token.
    /// @param amount Base units.
    /// @param to Who receives them.
    /// @return balance What the vault holds afterwards, in base units.
    function withdrawFromVault(address token, uint128 amount, address to) external returns (uint256 balance);

    /// @notice Opens a channel from the caller's vault; what is left when it closes returns to the vault.
    /// @param payee Who is paid.
    /// @param token The token.
    /// @param amount Base units to put in.
    /// @param salt Tells channels between the same parties apart.
    /// @param authorizedSigner Key that signs vouchers; zero means the caller.
    /// @return channelId The new channel.
    function openFromVault(
        address payee,
        address token,
        uint128 amount,
        bytes32 salt,
        address authorizedSigner
    ) external returns (bytes32 channelId);

    /// @notice Adds to a channel from the caller's vault, and cancels a pending exit. Only the payer may call.
    /// @param channel The channel.
    /// @param amount Base units to add.
    /// @return deposit Base units put in since the channel opened.
    function topUpFromVault(Channel calldata channel, uint128 amount) external returns (uint256 deposit);
}
