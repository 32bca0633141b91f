// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ChannelSlot} from "./ChannelSlot.sol";
import {Channel, Session} from "./ChannelTypes.sol";
import {ChannelVault} from "./ChannelVault.sol";
import {IChannelSessions} from "./IChannelSessions.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

/// @notice Session keys that draw on a vault within a budget.
abstract contract ChannelSessions is IChannelSessions, ChannelVault {
    /// @dev The first four fields share a slot; the second is read only when payees are bounded.
    struct StoredSession {
        uint96 cap;
        uint96 used;
        uint40 expiry;
        bool bounded;
        bytes32 payees;
    }

    bytes32 private constant OPEN_FROM_VAULT_TYPEHASH =
        keccak256("OpenFromVault(bytes32 channelId,uint128 amount,uint256 deadline)");

    mapping(address owner => mapping(address key => mapping(address token => StoredSession session))) private
        _sessions;

    /// @inheritdoc IChannelSessions
    function setSession(address key, address token, uint96 cap, uint40 expiry, bytes32 payees) external {
        _checkAddress(key);
        if (cap == 0) revert ChannelsAmountZero();
        if (expiry <= block.timestamp) revert ChannelsSessionExpired(expiry);
        StoredSession storage session = _sessions[msg.sender][key][token];
        (session.cap, session.expiry, session.bounded) = (cap, expiry, payees != bytes32(0));
        if (session.payees != payees) session.payees = payees;
        emit SessionSet(msg.sender, key, token, cap, expiry, payees);
    }

    /// @inheritdoc IChannelSessions
    function revokeSession(address key, address token) external {
        delete _sessions[msg.sender][key][token];
        emit SessionRevoked(msg.sender, key, token);
    }

    /// @inheritdoc IChannelSessions
    function openFromVaultWithSession(Channel calldata channel, uint128 amount, bytes32[] calldata proof)
        external
        nonReentrant
        returns (bytes32 channelId)
    {
        channelId = _open(channel, amount, true);
        _draw(channel, msg.sender, amount, proof);
    }

    /// @inheritdoc IChannelSessions
    function topUpFromVaultWithSession(Channel calldata channel, uint128 amount, bytes32[] calldata proof)
        external
        nonReentrant
        returns (uint256 channelDeposit)
    {
        bytes32 channelId = _idOf(channel);
        (, ChannelSlot slot) = _loadOpen(channelId);
        uint256 closeAt = slot.closeAt();
        if (closeAt != 0) revert ChannelsClosing(channelId, closeAt);
        (, channelDeposit) = _topUp(channel, amount, true);
        _draw(channel, msg.sender, amount, proof);
    }

    /// @inheritdoc IChannelSessions
    function openFromVaultWithSignature(
        Channel calldata channel,
        uint128 amount,
        address signer,
        uint256 deadline,
        bytes calldata signature,
        bytes32[] calldata proof
    ) external nonReentrant returns (bytes32 channelId) {
        _checkDeadline(deadline);
        channelId = _open(channel, amount, true);
        bytes32 structHash = keccak256(abi.encode(OPEN_FROM_VAULT_TYPEHASH, channelId, amount, deadline));
        _checkSignature(signer, structHash, signature);
        if (signer == channel.payer) _debit(signer, channel.token, amount);
        else _draw(channel, signer, amount, proof);
    }

    /// @inheritdoc IChannelSessions
    function getSession(address owner, address key, address token) external view returns (Session memory) {
        StoredSession storage session = _sessions[owner][key][token];
        return Session({cap: session.cap, used: session.used, expiry: session.expiry, payees: session.payees});
    }

    /// @dev Takes an amount from the payer's vault on behalf of a session key.
    function _draw(Channel calldata channel, address key, uint256 amount, bytes32[] calldata proof) private {
        (address owner, address token, address payee) = (channel.payer, channel.token, channel.payee);
        StoredSession storage session = _sessions[owner][key][token];
        (uint256 cap, uint256 used, uint256 expiry) = (session.cap, session.used, session.expiry);
        if (expiry == 0) revert ChannelsSessionUnknown(owner, key, token);
        if (block.timestamp >= expiry) revert ChannelsSessionExpired(expiry);
        // A cap that was lowered below what is used leaves nothing.
        uint256 remaining = cap > used ? cap - used : 0;
        if (amount > remaining) revert ChannelsSessionCapExceeded(amount, remaining);
        if (session.bounded) {
            bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(payee))));
            if (!MerkleProof.verifyCalldata(proof, session.payees, leaf)) {
                revert ChannelsSessionPayeeNotAllowed(payee);
            }
        }
        unchecked {
            // At most the cap, which fits into 96 bits.
            used += amount;
        }
        session.used = uint96(used);
        emit SessionUsed(owner, key, token, used);
        _debit(owner, token, amount);
    }
}
