// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel, Consent, Permit, StreamCommit} from "../../src/inference/ChannelTypes.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// One account that is payer, payee and signer at once signs every message of the same shape; each is good for its own
/// purpose only.
contract PaymentChannelsConfusionTest is ChannelFixture {
    string[5] private _types = [
        "Open(bytes32 channelId,uint128 amount,uint256 deadline)",
        "TopUp(bytes32 channelId,uint128 deposit,uint256 deadline)",
        "OpenFromVault(bytes32 channelId,uint128 amount,uint256 deadline)",
        "FinalStatement(bytes32 channelId,uint128 spent,uint256 deadline)",
        "Voucher(bytes32 channelId,uint128 cumulativeAmount)"
    ];

    Channel private _self;

    function setUp() public override {
        super.setUp();
        _self = _channel(1);
        _self.payee = _alice.addr;
        vm.prank(_alice.addr);
        _channels.deposit(address(_token), _DEPOSIT);
    }

    /// A message of each kind with the same three values; the last kind has two.
    function _signed(uint256 kind, uint256 amount) private view returns (bytes memory) {
        bytes32 id = _idOf(_self);
        if (kind == 4) return _sign(_alice.key, _hash(_voucher(id, amount)));
        return _sign(_alice.key, _hash(_consentHash(_types[kind], id, amount, _START)));
    }

    function _call(uint256 purpose, uint128 amount, bytes memory signature)
        private
        view
        returns (bytes memory)
    {
        Permit memory none;
        Consent memory consent = Consent(_START, signature);
        if (purpose == 0) return abi.encodeCall(_channels.openWithPermit, (_self, amount, none, consent));
        if (purpose == 1) {
            uint128 added = amount - _DEPOSIT;
            return abi.encodeCall(_channels.topUpWithPermit, (_self, added, none, consent));
        }
        if (purpose == 2) {
            bytes32[] memory proof = new bytes32[](0);
            return abi.encodeCall(
                _channels.openFromVaultWithSignature, (_self, amount, _alice.addr, _START, signature, proof)
            );
        }
        if (purpose == 3) {
            return abi.encodeCall(_channels.closeWithStatement, (_self, 0, _START, signature, 0, ""));
        }
        return abi.encodeCall(_channels.settle, (_self, amount, amount, signature));
    }

    function _try(uint256 purpose, uint256 kind, uint128 amount) private {
        bytes memory call = _call(purpose, amount, _signed(kind, amount));
        vm.prank(purpose == 4 ? _alice.addr : _rita);
        (bool success, bytes memory reason) = address(_channels).call(call);
        assertEq(success, purpose == kind, _types[kind]);
        if (success) return;
        assertEq(
            reason, abi.encodeWithSelector(IChannelLedger.ChannelsInvalidSignature.selector, _alice.addr)
        );
    }

    function _tryAll(uint256 purpose, uint128 amount) private {
        for (uint256 i = 1; i <= 5; ++i) {
            _try(purpose, (purpose + i) % 5, amount);
        }
    }

    function test_openWithPermit_takesNothingButAnOpen() public {
        _tryAll(0, _DEPOSIT);
    }

    function test_topUpWithPermit_takesNothingButATopUp() public {
        _open(_self, _DEPOSIT);
        _tryAll(1, 2 * _DEPOSIT);
    }

    function test_openFromVaultWithSignature_takesNothingButAnOpenFromVault() public {
        _tryAll(2, _DEPOSIT);
    }

    function test_closeWithStatement_takesNothingButAFinalStatement() public {
        _open(_self, _DEPOSIT);
        _tryAll(3, 0);
    }

    function test_settle_takesNothingButAVoucher() public {
        _open(_self, _DEPOSIT);
        _tryAll(4, _DEPOSIT);
    }

    /// A commitment signs for nothing until its links are revealed, and never as a voucher.
    function test_settle_takesNoCommitment() public {
        _open(_self, _DEPOSIT);
        StreamCommit memory commit = StreamCommit(_DEPOSIT, 0, 0, 0);
        bytes memory signature = _signCommit(_alice.key, _self, commit);
        vm.prank(_alice.addr);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsInvalidSignature.selector, _alice.addr));
        _channels.settle(_self, _DEPOSIT, _DEPOSIT, signature);
    }
}
