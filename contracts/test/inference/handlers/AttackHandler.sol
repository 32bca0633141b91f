// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Batch, Channel, StreamCommit} from "../../../src/inference/ChannelTypes.sol";
import {ChannelWorld} from "./ChannelWorld.sol";

/// Mallory, Eve and dishonest parties try what must never work, in every state that a campaign reaches.
abstract contract AttackHandler is ChannelWorld {
    uint256 private constant _MALLORYS_KEY = uint256(keccak256("mallory's key"));

    /// Sends a call that has to fail.
    function _attempt(address attacker, bytes memory data, string memory crime) private {
        assertFalse(_send(attacker, data), crime);
    }

    /// Strangers act on channels that are not theirs.
    function attackAsMallory(uint256 seed, uint256 amount) external booked {
        (bool found, Channel memory channel) = _pick(seed);
        if (!found) return;
        (uint128 authorized, uint128 capture) = _newCapture(channel, amount, amount);
        bytes memory signature = _signVoucher(_signerKey(channel), channel, authorized);
        bytes memory call = abi.encodeCall(_channels.settle, (channel, authorized, capture, signature));
        _attempt(_mallory, call, "mallory settled");
        call = abi.encodeCall(_channels.close, (channel, authorized, capture, signature));
        _attempt(_mallory, call, "mallory closed");
        _attempt(_mallory, abi.encodeCall(_channels.requestClose, (channel)), "mallory announced an exit");
        _attempt(_mallory, abi.encodeCall(_channels.withdraw, (channel)), "mallory withdrew");
        _attempt(_mallory, abi.encodeCall(_channels.topUp, (channel, 1)), "mallory topped up");
        _attempt(_mallory, abi.encodeCall(_channels.topUpFromVault, (channel, 1)), "mallory topped up");
        call = abi.encodeCall(_channels.withdrawFromVault, (channel.token, 1, _mallory));
        _attempt(_mallory, call, "mallory emptied a vault");
        call = abi.encodeCall(_channels.openFromVaultWithSession, (channel, 1, new bytes32[](0)));
        _attempt(_mallory, call, "mallory drew on a vault");
        _attempt(_mallory, abi.encodeCall(_channels.setFee, (1, _mallory)), "mallory set the fee");
    }

    /// The payee takes more than it was given.
    function attackAsPayee(uint256 seed, uint256 amount) external booked {
        (bool found, Channel memory channel) = _pick(seed);
        if (!found) return;
        (uint128 authorized,) = _newCapture(channel, amount, amount);
        if (authorized == 0) return;
        bytes memory signature = _signVoucher(_signerKey(channel), channel, authorized);
        uint128 more = authorized + 1;
        bytes memory call = abi.encodeCall(_channels.settle, (channel, authorized, more, signature));
        _attempt(channel.payee, call, "a payee captured more than was authorized");
        call = abi.encodeCall(_channels.settle, (channel, more, more, signature));
        _attempt(channel.payee, call, "a payee raised a voucher");
        signature = _signVoucher(_MALLORYS_KEY, channel, authorized);
        call = abi.encodeCall(_channels.settle, (channel, authorized, authorized, signature));
        _attempt(channel.payee, call, "a payee forged a voucher");
        bytes memory statement = _signStatement(_payeeKey(channel), channel, authorized, block.timestamp);
        call = abi.encodeCall(
            _channels.closeWithStatement,
            (channel, authorized, block.timestamp, statement, authorized, signature)
        );
        _attempt(channel.payee, call, "a payee closed over a forged voucher");
        _attempt(channel.payee, abi.encodeCall(_channels.topUp, (channel, 1)), "a payee held a payer");
        call = abi.encodeCall(_channels.close, (channel, authorized, authorized, signature));
        _attempt(channel.payee, call, "a payee closed with a forged voucher");
        _attackDeposit(channel);
        _attackStream(channel, seed);
    }

    /// A payer may sign for more than it put in; the rest is not there to be taken.
    function _attackDeposit(Channel memory channel) private {
        uint128 more = uint128(_stateOf(channel).deposit) + 1;
        bytes memory signature = _signVoucher(_signerKey(channel), channel, more);
        bytes memory call = abi.encodeCall(_channels.settle, (channel, more, more, signature));
        _attempt(channel.payee, call, "a payee took more than was put in");
        _settleNothing(channel, _signedRow(_signerKey(channel), channel, more, more));
    }

    function _attackStream(Channel memory channel, uint256 seed) private {
        bytes32 secret = keccak256(abi.encode(seed));
        StreamCommit memory commit = StreamCommit(0, _link(secret, 4, 0), 1, 4);
        bytes memory signature = _signCommit(_MALLORYS_KEY, channel, commit);
        bytes memory call = abi.encodeCall(_channels.settleStream, (channel, commit, signature, 4, secret));
        _attempt(channel.payee, call, "a payee forged a commitment");
    }

    /// The payer takes back what is owed.
    function attackAsPayer(uint256 seed) external booked {
        (bool found, Channel memory channel) = _pick(seed);
        if (!found) return;
        uint256 closeAt = _stateOf(channel).closeAt;
        if (closeAt == 0 || block.timestamp < closeAt) {
            _attempt(channel.payer, abi.encodeCall(_channels.withdraw, (channel)), "a payer left at once");
        }
        uint128 settled = _stateOf(channel).settled;
        bytes memory statement = _signStatement(_MALLORYS_KEY, channel, settled, block.timestamp);
        bytes memory call = abi.encodeCall(
            _channels.closeWithStatement, (channel, settled, block.timestamp, statement, 0, "")
        );
        _attempt(channel.payer, call, "a payer stated what was spent");
        call = abi.encodeCall(_channels.close, (channel, 0, settled, ""));
        _attempt(channel.payer, call, "a payer closed for the payee");
    }

    /// What has ended comes back.
    function attackClosedChannels(uint256 seed) external booked {
        for (uint256 i = 0; i < _known.length; ++i) {
            Channel memory channel = _known[(seed % _known.length + i) % _known.length];
            if (!_stateOf(channel).closed) continue;
            bytes memory call = abi.encodeCall(
                _channels.open, (channel.payee, channel.token, 1, channel.salt, channel.authorizedSigner)
            );
            _attempt(channel.payer, call, "a closed channel reopened");
            _attempt(channel.payer, abi.encodeCall(_channels.topUp, (channel, 1)), "a closed one grew");
            _attempt(channel.payer, abi.encodeCall(_channels.withdraw, (channel)), "it refunded twice");
            uint128 signed = uint128(_signed[_idOf(channel)]) + 1;
            bytes memory voucher = _signVoucher(_signerKey(channel), channel, signed);
            call = abi.encodeCall(_channels.settle, (channel, signed, signed, voucher));
            _attempt(channel.payee, call, "a closed channel paid");
            bytes memory row = _signedRow(_signerKey(channel), channel, signed, signed);
            _settleNothing(channel, row);
            return;
        }
    }

    function _settleNothing(Channel memory channel, bytes memory row) private {
        Batch[] memory batches = new Batch[](1);
        batches[0] = Batch(channel.payee, channel.token, row);
        vm.prank(channel.payee);
        assertEq(_channels.settleMany(batches), 0, "a batch paid what it must not");
    }
}
