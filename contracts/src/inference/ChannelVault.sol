// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ChannelFunding} from "./ChannelFunding.sol";
import {Authorization, Channel} from "./ChannelTypes.sol";
import {IChannelVault} from "./IChannelVault.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice Vault balances, and channels that their owner opens from them.
abstract contract ChannelVault is IChannelVault, ChannelFunding {
    using SafeERC20 for IERC20;

    bytes32 private constant DEPOSIT_NONCE = keccak256("PaymentChannels.deposit");

    /// @inheritdoc IChannelVault
    function deposit(address token, uint128 amount) external nonReentrant returns (uint256 balance) {
        balance = _deposit(msg.sender, token, amount);
        _pull(token, msg.sender, amount);
    }

    /// @inheritdoc IChannelVault
    function depositWithAuthorization(
        address owner,
        address token,
        uint128 amount,
        bytes32 salt,
        Authorization calldata authorization
    ) external nonReentrant returns (uint256 balance) {
        balance = _deposit(owner, token, amount);
        bytes32 nonce = keccak256(abi.encode(DEPOSIT_NONCE, owner, salt));
        _receive(token, owner, amount, nonce, authorization);
    }

    /// @inheritdoc IChannelVault
    function withdrawFromVault(address token, uint128 amount, address to)
        external
        nonReentrant
        returns (uint256 balance)
    {
        _checkAddress(to);
        if (amount == 0) revert ChannelsAmountZero();
        _debit(msg.sender, token, amount);
        emit VaultWithdrawn(msg.sender, token, to, amount);
        balance = vaultBalanceOf(msg.sender, token);
        IERC20(token).safeTransfer(to, amount);
    }

    /// @inheritdoc IChannelVault
    function openFromVault(
        address payee,
        address token,
        uint128 amount,
        bytes32 salt,
        address authorizedSigner
    ) external nonReentrant returns (bytes32 channelId) {
        channelId = _open(msg.sender, payee, token, salt, authorizedSigner, amount, true);
        _debit(msg.sender, token, amount);
    }

    /// @inheritdoc IChannelVault
    function topUpFromVault(Channel calldata channel, uint128 amount)
        external
        nonReentrant
        returns (uint256 channelDeposit)
    {
        _checkPayer(channel);
        (, channelDeposit) = _topUp(channel, amount, true);
        _debit(msg.sender, channel.token, amount);
    }

    /// @dev Records a higher balance. The caller collects the amount.
    function _deposit(address owner, address token, uint256 amount) private returns (uint256) {
        _checkAmount(amount);
        _credit(owner, token, amount);
        emit VaultDeposited(owner, token, amount);
        return vaultBalanceOf(owner, token);
    }
}
