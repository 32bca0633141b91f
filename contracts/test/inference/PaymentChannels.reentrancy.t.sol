// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {
    Authorization,
    Batch,
    Channel,
    Consent,
    Permit,
    Permit2Transfer,
    StreamCommit
} from "../../src/inference/ChannelTypes.sol";
import {ChannelFixture} from "./ChannelFixture.sol";
import {Reenterer} from "./Reenterer.sol";
import {HookToken} from "./TestTokens.sol";

/// Every function that moves or books money, entered while a payee is being paid. The guard answers before anything
/// else does, so what the calls would have done does not matter.
contract PaymentChannelsReentrancyTest is ChannelFixture {
    Reenterer private _reenterer;
    Channel private _c;
    bytes private _voucherSignature;

    Authorization private _authorization;
    Permit private _permit;
    Permit2Transfer private _transfer;
    bytes32[] private _proof;

    function setUp() public override {
        super.setUp();
        HookToken token = new HookToken();
        _reenterer = new Reenterer();
        token.mint(_alice.addr, _FUNDS);
        vm.prank(_alice.addr);
        token.approve(address(_channels), type(uint256).max);
        _c = _channel(1);
        (_c.token, _c.payee) = (address(token), address(_reenterer));
        _open(_c, _DEPOSIT);
        token.setHooked(address(_reenterer), true);
        _voucherSignature = _signVoucher(_alice.key, _c, _DEPOSIT);
    }

    function _assertGuarded(bytes memory call) private {
        _reenterer.arm(address(_channels), call);
        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        vm.prank(address(_reenterer));
        _channels.settle(_c, _DEPOSIT, 1 ether, _voucherSignature);
    }

    function test_funding_isGuarded() public {
        Consent memory consent;
        _assertGuarded(abi.encodeCall(_channels.open, (_c.payee, _c.token, 1, 0, address(0))));
        _assertGuarded(abi.encodeCall(_channels.openWithAuthorization, (_c, 1, _authorization)));
        _assertGuarded(abi.encodeCall(_channels.openWithPermit, (_c, 1, _permit, consent)));
        _assertGuarded(abi.encodeCall(_channels.openWithPermit2, (_c, 1, _transfer)));
        _assertGuarded(abi.encodeCall(_channels.topUp, (_c, 1)));
        _assertGuarded(abi.encodeCall(_channels.topUpWithAuthorization, (_c, 1, _authorization)));
        _assertGuarded(abi.encodeCall(_channels.topUpWithPermit, (_c, 1, _permit, consent)));
        _assertGuarded(abi.encodeCall(_channels.topUpWithPermit2, (_c, 1, _transfer)));
    }

    function test_vaults_areGuarded() public {
        address owner = _alice.addr;
        _assertGuarded(abi.encodeCall(_channels.deposit, (_c.token, 1)));
        _assertGuarded(
            abi.encodeCall(_channels.depositWithAuthorization, (owner, _c.token, 1, 0, _authorization))
        );
        _assertGuarded(abi.encodeCall(_channels.withdrawFromVault, (_c.token, 1, _c.payee)));
        _assertGuarded(abi.encodeCall(_channels.openFromVault, (_c.payee, _c.token, 1, 0, address(0))));
        _assertGuarded(abi.encodeCall(_channels.topUpFromVault, (_c, 1)));
        _assertGuarded(abi.encodeCall(_channels.openFromVaultWithSession, (_c, 1, _proof)));
        _assertGuarded(abi.encodeCall(_channels.topUpFromVaultWithSession, (_c, 1, _proof)));
        _assertGuarded(
            abi.encodeCall(_channels.openFromVaultWithSignature, (_c, 1, owner, _START, "", _proof))
        );
    }

    function test_settlement_isGuarded() public {
        StreamCommit memory commit;
        _assertGuarded(abi.encodeCall(_channels.settle, (_c, _DEPOSIT, 2 ether, _voucherSignature)));
        _assertGuarded(abi.encodeCall(_channels.settleMany, (new Batch[](0))));
        _assertGuarded(abi.encodeCall(_channels.settleStream, (_c, commit, "", 1, 0)));
    }

    function test_exits_areGuarded() public {
        _assertGuarded(abi.encodeCall(_channels.close, (_c, _DEPOSIT, 2 ether, _voucherSignature)));
        _assertGuarded(abi.encodeCall(_channels.closeWithStatement, (_c, 0, _START, "", 0, "")));
        _assertGuarded(abi.encodeCall(_channels.withdraw, (_c)));
    }
}
