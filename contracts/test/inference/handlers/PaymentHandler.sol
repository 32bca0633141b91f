// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Batch, Channel, StreamCommit} from "../../../src/inference/ChannelTypes.sol";
import {ChannelWorld} from "./ChannelWorld.sol";

/// Payees take what was spent, one channel or many at a time.
abstract contract PaymentHandler is ChannelWorld {
    /// What a payee and the treasury gained must be what left the channel, with a fee of at most one percent.
    modifier paysOut(address payee, uint256 expected) {
        uint256 wallet = _token.balanceOf(payee);
        uint256 treasury = _channels.vaultBalanceOf(_treasury, address(_token));
        _;
        uint256 gained = _token.balanceOf(payee) - wallet;
        uint256 fee = _channels.vaultBalanceOf(_treasury, address(_token)) - treasury;
        assertEq(gained + fee, expected, "paid more or less than was captured");
        assertLe(fee * 100, expected, "took more than one percent");
    }

    function settle(uint256 seed, uint256 amount, uint256 slack) external booked {
        (bool found, Channel memory channel) = _pick(seed);
        if (!found) return;
        (uint128 authorized, uint128 capture) = _newCapture(channel, amount, slack);
        if (capture != 0) _settleOne(channel, authorized, capture, capture - _stateOf(channel).settled);
    }

    function _settleOne(Channel memory channel, uint128 authorized, uint128 capture, uint256 expected)
        private
        paysOut(channel.payee, expected)
    {
        bytes memory signature = _signVoucher(_signerKey(channel), channel, authorized);
        vm.prank(channel.payee);
        assertEq(_channels.settle(channel, authorized, capture, signature), expected);
    }

    /// Five rows, of which some are doubled, stale or forged.
    function settleMany(uint256 seed, uint256 amount, uint256 forged) external booked {
        (bool found, Channel memory first) = _pick(seed);
        if (!found) return;
        bytes memory rows;
        uint256 expected = 0;
        for (uint256 i = 0; i < 5; ++i) {
            (, Channel memory channel) = _pick((seed >> 8) + i);
            if (channel.payee != first.payee) continue;
            (uint128 authorized, uint128 capture) = _newCapture(channel, amount, amount);
            if (capture == 0) continue;
            bool forgery = (forged >> i) % 3 == 0;
            uint256 key = forgery ? uint256(keccak256("mallory's key")) : _signerKey(channel);
            bytes memory row = _signedRow(key, channel, capture, authorized);
            rows = bytes.concat(rows, row, row);
            if (!forgery) expected += _unpaid(channel, capture);
        }
        _settleRows(first.payee, rows, expected);
    }

    /// What a row adds: a channel that is picked twice in a batch pays its highest capture once.
    mapping(bytes32 channelId => uint256 capture) private _inBatch;
    bytes32[] private _batched;

    function _unpaid(Channel memory channel, uint256 capture) private returns (uint256) {
        bytes32 id = _idOf(channel);
        uint256 settled = _stateOf(channel).settled;
        uint256 reached = _inBatch[id] > settled ? _inBatch[id] : settled;
        if (capture <= reached) return 0;
        _inBatch[id] = capture;
        _batched.push(id);
        return capture - reached;
    }

    function _settleRows(address payee, bytes memory rows, uint256 expected)
        private
        paysOut(payee, expected)
    {
        Batch[] memory batches = new Batch[](1);
        batches[0] = Batch(payee, address(_token), rows);
        vm.prank(payee);
        _channels.settleMany(batches);
        while (_batched.length != 0) {
            delete _inBatch[_batched[_batched.length - 1]];
            _batched.pop();
        }
    }

    function settleStream(uint256 seed, uint256 unit, uint256 steps) external booked {
        (bool found, Channel memory channel) = _pick(seed);
        if (!found) return;
        uint256 settled = _stateOf(channel).settled;
        uint256 room = _stateOf(channel).deposit - settled;
        steps = bound(steps, 1, 16);
        if (room < 16) return;
        unit = bound(unit, 1, room / 16);
        bytes32 secret = keccak256(abi.encode(seed, unit));
        StreamCommit memory commit = StreamCommit(uint128(settled), _link(secret, 16, 0), uint128(unit), 16);
        _note(channel, settled + 16 * unit);
        _settleLinks(channel, commit, uint32(steps), _link(secret, 16, steps), steps * unit);
    }

    function _settleLinks(
        Channel memory channel,
        StreamCommit memory commit,
        uint32 steps,
        bytes32 preimage,
        uint256 expected
    ) private paysOut(channel.payee, expected) {
        bytes memory signature = _signCommit(_signerKey(channel), channel, commit);
        vm.prank(channel.payee);
        _channels.settleStream(channel, commit, signature, steps, preimage);
    }

    function setFee(uint256 bps) external booked {
        _setFee(uint16(bound(bps, 0, 100)));
    }

    function setOperator(uint256 payee, bool approved) external booked {
        vm.prank(_payees[payee % _payees.length].addr);
        _channels.setOperator(_olga, approved);
    }
}
