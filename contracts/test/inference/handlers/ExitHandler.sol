// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel, ChannelState} from "../../../src/inference/ChannelTypes.sol";
import {ChannelWorld} from "./ChannelWorld.sol";

/// Channels end, in each way that there is.
abstract contract ExitHandler is ChannelWorld {
    function warp(uint256 time) external booked {
        vm.warp(block.timestamp + bound(time, 1, 1 hours));
    }

    function requestClose(uint256 seed) external booked {
        (bool found, Channel memory channel) = _pick(seed);
        if (found && _stateOf(channel).closeAt == 0) _requestClose(channel);
    }

    /// Withdraws when the grace period is over, and proves that it is refused before.
    function withdraw(uint256 seed) external booked {
        (bool found, Channel memory channel) = _pick(seed);
        if (!found) return;
        uint256 closeAt = _stateOf(channel).closeAt;
        bool success = _send(channel.payer, abi.encodeCall(_channels.withdraw, (channel)));
        assertEq(success, closeAt != 0 && block.timestamp >= closeAt, "left too early, or not at all");
    }

    function close(uint256 seed, uint256 amount, bool owing) external booked {
        (bool found, Channel memory channel) = _pick(seed);
        if (!found) return;
        uint128 settled = _stateOf(channel).settled;
        (uint128 authorized, uint128 capture) = _newCapture(channel, amount, amount);
        bytes memory signature = _signVoucher(_signerKey(channel), channel, authorized);
        vm.prank(channel.payee);
        if (owing && capture != 0) _channels.close(channel, authorized, capture, signature);
        else _channels.close(channel, 0, settled, "");
    }

    function closeWithStatement(uint256 seed, uint256 amount, bool byPayer) external booked {
        (bool found, Channel memory channel) = _pick(seed);
        if (!found) return;
        (uint128 authorized, uint128 spent) = _newCapture(channel, amount, amount);
        if (spent == 0) spent = _stateOf(channel).settled;
        bytes memory statement = _signStatement(_payeeKey(channel), channel, spent, block.timestamp);
        bytes memory voucher = byPayer ? bytes("") : _signVoucher(_signerKey(channel), channel, authorized);
        vm.prank(byPayer ? channel.payer : _rita);
        _channels.closeWithStatement(
            channel, spent, block.timestamp, statement, byPayer ? 0 : authorized, voucher
        );
    }

    /// The last word of a campaign: every payer leaves every channel with all that was not paid, and every vault is
    /// emptied, without anybody's help.
    function leaveEverything() external {
        for (uint256 i = 0; i < _known.length; ++i) {
            ChannelState memory state = _stateOf(_known[i]);
            if (state.deposit == 0 || state.closed) continue;
            _leave(_known[i], state);
        }
        for (uint256 i = 0; i < _payers.length; ++i) {
            _emptyVault(_payers[i].addr);
        }
        _emptyVault(_treasury);
        assertEq(_token.balanceOf(address(_channels)), 0, "somebody's money stayed behind");
    }

    function _leave(Channel memory channel, ChannelState memory state) private {
        if (state.closeAt == 0) vm.warp(_requestClose(channel));
        else if (block.timestamp < state.closeAt) vm.warp(state.closeAt);
        uint256 before = _fortuneOf(channel.payer);
        vm.prank(channel.payer);
        uint256 refunded = _channels.withdraw(channel);
        assertEq(refunded, state.deposit - state.settled, "the refund is not what was left");
        assertEq(_fortuneOf(channel.payer) - before, refunded, "the refund did not arrive");
    }

    function _fortuneOf(address owner) private view returns (uint256) {
        return _token.balanceOf(owner) + _channels.vaultBalanceOf(owner, address(_token));
    }

    function _emptyVault(address owner) private {
        uint256 balance = _channels.vaultBalanceOf(owner, address(_token));
        while (balance != 0) {
            uint256 amount = balance > type(uint128).max ? type(uint128).max : balance;
            vm.prank(owner);
            balance = _channels.withdrawFromVault(address(_token), uint128(amount), owner);
        }
    }
}
