// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel, ChannelState, Session} from "../../../src/inference/ChannelTypes.sol";
import {ChannelWorld} from "./ChannelWorld.sol";

/// Payers and their session keys put money in.
abstract contract FundingHandler is ChannelWorld {
    string private constant _OPEN = "OpenFromVault(bytes32 channelId,uint128 amount,uint256 deadline)";

    function _vaultOf(address owner) internal view returns (uint256) {
        return _channels.vaultBalanceOf(owner, address(_token));
    }

    function open(uint256 payer, uint256 payee, uint256 shape, uint256 amount) external booked {
        _open(_newChannel(payer, payee, shape), uint128(bound(amount, 1, 100 ether)));
    }

    function deposit(uint256 payer, uint256 amount) external booked {
        amount = bound(amount, 1, 1000 ether);
        vm.prank(_payer(payer).addr);
        _channels.deposit(address(_token), uint128(amount));
    }

    function withdrawFromVault(uint256 payer, uint256 amount) external booked {
        address owner = _payer(payer).addr;
        if (_vaultOf(owner) == 0) return;
        amount = bound(amount, 1, _vaultOf(owner));
        vm.prank(owner);
        _channels.withdrawFromVault(address(_token), uint128(amount), owner);
    }

    function openFromVault(uint256 payer, uint256 payee, uint256 shape, uint256 amount) external booked {
        address owner = _payer(payer).addr;
        if (_vaultOf(owner) == 0) return;
        Channel memory channel = _newChannel(payer, payee, shape);
        amount = bound(amount, 1, _vaultOf(owner));
        vm.prank(owner);
        _channels.openFromVault(
            channel.payee, channel.token, uint128(amount), channel.salt, channel.authorizedSigner
        );
    }

    function topUp(uint256 seed, uint256 amount) external booked {
        (bool found, Channel memory channel) = _pick(seed);
        if (!found) return;
        amount = bound(amount, 1, 100 ether);
        vm.prank(channel.payer);
        _channels.topUp(channel, uint128(amount));
        assertEq(_stateOf(channel).closeAt, 0);
    }

    function topUpFromVault(uint256 seed, uint256 amount) external booked {
        (bool found, Channel memory channel) = _pick(seed);
        if (!found || _vaultOf(channel.payer) == 0) return;
        amount = bound(amount, 1, _vaultOf(channel.payer));
        vm.prank(channel.payer);
        _channels.topUpFromVault(channel, uint128(amount));
    }

    function setSession(uint256 payer, uint256 cap, uint256 lifetime) external booked {
        address owner = _payer(payer).addr;
        cap = bound(cap, 1, 500 ether);
        uint40 expiry = uint40(block.timestamp + bound(lifetime, 1, 1 days));
        vm.prank(owner);
        _channels.setSession(_session.addr, address(_token), uint96(cap), expiry, 0);
        if (cap > _highestCap[owner]) _highestCap[owner] = cap;
    }

    function revokeSession(uint256 payer) external booked {
        vm.prank(_payer(payer).addr);
        _channels.revokeSession(_session.addr, address(_token));
    }

    function _mayDraw(address owner, uint256 amount) private view returns (bool) {
        Session memory session = _channels.getSession(owner, _session.addr, address(_token));
        uint256 remaining = session.cap > session.used ? session.cap - session.used : 0;
        return block.timestamp < session.expiry && amount <= remaining && amount <= _vaultOf(owner);
    }

    /// The key draws, itself or through a relayer, whatever it likes: the contract decides.
    function drawAsSession(uint256 payer, uint256 payee, uint256 amount, bool relayed) external booked {
        address owner = _payer(payer).addr;
        amount = bound(amount, 1, 600 ether);
        bool allowed = _mayDraw(owner, amount);
        Channel memory channel = _newChannel(payer, payee, 1);
        bytes memory data = relayed ? _relayedOpen(channel, amount) : _directOpen(channel, amount);
        bool success = _send(relayed ? _rita : _session.addr, data);
        assertEq(success, allowed, "a session key got more or less than its budget");
        uint256 used = _channels.getSession(owner, _session.addr, address(_token)).used;
        assertLe(used, _highestCap[owner], "a session key drew more than any cap");
    }

    function _directOpen(Channel memory channel, uint256 amount) private view returns (bytes memory) {
        return
            abi.encodeCall(_channels.openFromVaultWithSession, (channel, uint128(amount), new bytes32[](0)));
    }

    function _relayedOpen(Channel memory channel, uint256 amount) private view returns (bytes memory) {
        bytes32 digest = _hash(_consentHash(_OPEN, _idOf(channel), amount, block.timestamp));
        return abi.encodeCall(
            _channels.openFromVaultWithSignature,
            (
                channel,
                uint128(amount),
                _session.addr,
                block.timestamp,
                _sign(_session.key, digest),
                new bytes32[](0)
            )
        );
    }

    function topUpAsSession(uint256 seed, uint256 amount) external booked {
        (bool found, Channel memory channel) = _pick(seed);
        if (!found) return;
        ChannelState memory state = _stateOf(channel);
        amount = bound(amount, 1, 100 ether);
        bytes memory data =
            abi.encodeCall(_channels.topUpFromVaultWithSession, (channel, uint128(amount), new bytes32[](0)));
        bool allowed = state.closeAt == 0 && _mayDraw(channel.payer, amount);
        assertEq(_send(_session.addr, data), allowed, "a session key held its owner, or missed its budget");
        assertEq(_stateOf(channel).closeAt, state.closeAt, "a session key cancelled an exit");
    }
}
