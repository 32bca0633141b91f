// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Authorization, Channel, Consent, Permit, Permit2Transfer} from "./ChannelTypes.sol";

/// @title Opening and topping up channels from the payer's wallet
/// @notice Gasless variants can be sent by anybody: what the payer signed names the channel and the amount, so a
/// relayer can neither redirect nor repeat it. It can hold a signed top-up back, and a top-up cancels a pending exit:
/// give signed top-ups a short deadline, or cancel them at the token before announcing an exit.
interface IChannelFunding {
    /// @notice A channel was opened, at the protocol fee that was last set.
    /// @param channelId The channel.
    /// @param payer Who funded it.
    /// @param payee Who is paid.
    /// @param token Its token.
    /// @param authorizedSigner Key that signs vouchers; zero means the payer.
    /// @param salt Its salt.
    /// @param deposit Base units it holds.
    /// @param fromVault Whether the deposit came from the payer's vault, to which refunds then return.
    event ChannelOpened(
        bytes32 indexed channelId,
        address indexed payer,
        address indexed payee,
        address token,
        address authorizedSigner,
        bytes32 salt,
        uint256 deposit,
        bool fromVault
    );

    /// @notice A channel's deposit grew, and a pending exit of the payer, if any, was cancelled.
    /// @param channelId The channel.
    /// @param deposit Base units put in since the channel opened.
    /// @param fromVault Whether the added amount came from the payer's vault.
    event ChannelToppedUp(bytes32 indexed channelId, uint256 deposit, bool fromVault);

    /// @notice The permit failed and the allowance that already exists is too small.
    /// @param token The token.
    /// @param allowance Allowance of this contract, in base units.
    /// @param needed What was asked for, in base units.
    /// @param reason What the token answered to the permit.
    error ChannelsPermitFailed(address token, uint256 allowance, uint256 needed, bytes reason);

    /// @notice Opens a channel that the caller pays for, from its allowance.
    /// @param payee Who is paid.
    /// @param token The ERC-20 token.
    /// @param deposit Base units to put in.
    /// @param salt Tells channels between the same parties apart.
    /// @param authorizedSigner Key that signs vouchers; zero means the caller.
    /// @return channelId The new channel.
    function open(address payee, address token, uint128 deposit, bytes32 salt, address authorizedSigner)
        external
        returns (bytes32 channelId);

    /// @notice Opens a channel with the payer's ERC-3009 `receiveWithAuthorization`.
    /// @dev The authorization's nonce is `keccak256(abi.encode(keccak256("PaymentChannels.open"), channelId))`.
    /// @param channel The channel to open.
    /// @param amount Base units to put in; the authorization's value.
    /// @param authorization The payer's authorization for this contract.
    /// @return channelId The new channel.
    function openWithAuthorization(
        Channel calldata channel,
        uint128 amount,
        Authorization calldata authorization
    ) external returns (bytes32 channelId);

    /// @notice Opens a channel with the payer's ERC-2612 permit.
    /// @dev A permit that was already used is ignored when the allowance suffices. Unless the payer calls, the payer
    /// consents by signing `Open(bytes32 channelId,uint128 amount,uint256 deadline)`.
    /// @param channel The channel to open.
    /// @param amount Base units to put in.
    /// @param permit The payer's permit for this contract.
    /// @param consent The payer's consent; ignored when the payer calls.
    /// @return channelId The new channel.
    function openWithPermit(
        Channel calldata channel,
        uint128 amount,
        Permit calldata permit,
        Consent calldata consent
    ) external returns (bytes32 channelId);

    /// @notice Opens a channel with the payer's Permit2 signature transfer.
    /// @dev The witness is `ChannelOpen(bytes32 channelId)`; `amount` is exactly what the permit permits.
    /// @param channel The channel to open.
    /// @param amount Base units to put in.
    /// @param transfer The payer's Permit2 transfer.
    /// @return channelId The new channel.
    function openWithPermit2(Channel calldata channel, uint128 amount, Permit2Transfer calldata transfer)
        external
        returns (bytes32 channelId);

    /// @notice Adds to a channel from the caller's allowance, and cancels a pending exit. Only the payer may call.
    /// @param channel The channel.
    /// @param amount Base units to add.
    /// @return deposit Base units put in since the channel opened.
    function topUp(Channel calldata channel, uint128 amount) external returns (uint256 deposit);

    /// @notice Adds to a channel with the payer's ERC-3009 authorization, and cancels a pending exit.
    /// @dev The authorization's nonce is
    /// `keccak256(abi.encode(keccak256("PaymentChannels.topUp"), channelId, deposit))` with the resulting deposit.
    /// @param channel The channel.
    /// @param amount Base units to add; the authorization's value.
    /// @param authorization The payer's authorization for this contract.
    /// @return deposit Base units put in since the channel opened.
    function topUpWithAuthorization(
        Channel calldata channel,
        uint128 amount,
        Authorization calldata authorization
    ) external returns (uint256 deposit);

    /// @notice Adds to a channel with the payer's ERC-2612 permit, and cancels a pending exit.
    /// @dev Unless the payer calls, the payer consents by signing
    /// `TopUp(bytes32 channelId,uint128 deposit,uint256 deadline)` with the resulting deposit, which makes the
    /// consent good for one time only because deposits only grow.
    /// @param channel The channel.
    /// @param amount Base units to add.
    /// @param permit The payer's permit for this contract.
    /// @param consent The payer's consent; ignored when the payer calls.
    /// @return deposit Base units put in since the channel opened.
    function topUpWithPermit(
        Channel calldata channel,
        uint128 amount,
        Permit calldata permit,
        Consent calldata consent
    ) external returns (uint256 deposit);

    /// @notice Adds to a channel with the payer's Permit2 signature transfer, and cancels a pending exit.
    /// @dev The witness is `ChannelTopUp(bytes32 channelId,uint128 deposit)` with the resulting deposit.
    /// @param channel The channel.
    /// @param amount Base units to add.
    /// @param transfer The payer's Permit2 transfer.
    /// @return deposit Base units put in since the channel opened.
    function topUpWithPermit2(Channel calldata channel, uint128 amount, Permit2Transfer calldata transfer)
        external
        returns (uint256 deposit);
}
