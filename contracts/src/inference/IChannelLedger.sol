// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ChannelState} from "./ChannelTypes.sol";

/// @title The channels that exist and what they hold
interface IChannelLedger {
    /// @notice The protocol fee of a settlement went to the recipient's vault.
    /// @param recipient Whose vault balance grew.
    /// @param token The token.
    /// @param amount Fee in base units.
    event FeeAccrued(address indexed recipient, address indexed token, uint256 amount);

    /// @notice The address cannot play this role: it is zero, or the channels contract itself.
    /// @param account The address.
    error ChannelsAddressInvalid(address account);

    /// @notice The amount is zero.
    error ChannelsAmountZero();

    /// @notice The amount, or the deposit it leads to, does not fit into 96 bits.
    /// @param amount The amount in base units.
    error ChannelsAmountTooLarge(uint256 amount);

    /// @notice There is no ERC-20 token at the address.
    /// @param token The address.
    error ChannelsTokenInvalid(address token);

    /// @notice The token moved another amount than it was asked for, as fee-on-transfer tokens do.
    /// @param token The token.
    /// @param expected Balance that the contract should have afterwards, in base units.
    /// @param actual Balance that it has.
    error ChannelsDepositMismatch(address token, uint256 expected, uint256 actual);

    /// @notice A channel with this id exists or existed.
    /// @param channelId The channel.
    error ChannelsAlreadyOpened(bytes32 channelId);

    /// @notice No channel with this id was ever opened.
    /// @param channelId The channel.
    error ChannelsUnknown(bytes32 channelId);

    /// @notice The channel ended.
    /// @param channelId The channel.
    error ChannelsClosed(bytes32 channelId);

    /// @notice The payer's exit from the channel is pending.
    /// @param channelId The channel.
    /// @param closeAt Unix time from which the payer may withdraw.
    error ChannelsClosing(bytes32 channelId, uint256 closeAt);

    /// @notice Only the payer may do this.
    /// @param caller Who called.
    /// @param payer Who may.
    error ChannelsNotPayer(address caller, address payer);

    /// @notice Only the payee or one of its operators may do this.
    /// @param caller Who called.
    /// @param payee Whose operators may.
    error ChannelsNotPayee(address caller, address payee);

    /// @notice The signature is malformed, or is not by the expected signer over these values.
    /// @param signer Who should have signed.
    error ChannelsInvalidSignature(address signer);

    /// @notice The signed deadline has passed.
    /// @param deadline Unix time until which the signature was valid.
    error ChannelsSignatureExpired(uint256 deadline);

    /// @notice The vault does not hold enough.
    /// @param owner Whose vault.
    /// @param token The token.
    /// @param balance What it holds, in base units.
    /// @param needed What was asked for, in base units.
    error ChannelsVaultInsufficient(address owner, address token, uint256 balance, uint256 needed);

    /// @notice Computes a channel's id, as the MPP draft `evm/session` does.
    /// @param payer Who funds the channel.
    /// @param payee Who is paid.
    /// @param token The channel's token.
    /// @param salt Tells channels between the same parties apart.
    /// @param authorizedSigner Key that signs vouchers; zero means the payer.
    /// @return channelId `keccak256` of the ABI encoding of the parameters, this contract and the chain id.
    function computeChannelId(
        address payer,
        address payee,
        address token,
        bytes32 salt,
        address authorizedSigner
    ) external view returns (bytes32 channelId);

    /// @notice Reads a channel's state.
    /// @param channelId The channel.
    /// @return state The state; all zero when the channel never existed.
    function getChannel(bytes32 channelId) external view returns (ChannelState memory state);

    /// @notice Reads the state of many channels.
    /// @param channelIds The channels.
    /// @return states Their states in the same order.
    function getChannels(bytes32[] calldata channelIds) external view returns (ChannelState[] memory states);

    /// @notice Reads a vault balance.
    /// @param owner Whose vault.
    /// @param token The token.
    /// @return balance What the vault holds, in base units.
    function vaultBalanceOf(address owner, address token) external view returns (uint256 balance);
}
