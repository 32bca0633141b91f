// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "../../src/inference/ChannelTypes.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {IChannelSettlement} from "../../src/inference/IChannelSettlement.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// Paying from one channel with a voucher.
contract PaymentChannelsSettleTest is ChannelFixture {
    Channel private _c;

    function setUp() public override {
        super.setUp();
        _c = _opened(1);
    }

    function _settleAs(address caller, uint128 authorized, uint128 capture) private returns (uint256) {
        bytes memory signature = _signVoucher(_alice.key, _c, authorized);
        vm.prank(caller);
        return _channels.settle(_c, authorized, capture, signature);
    }

    function test_settle_paysWhatWasNotPaidBefore() public {
        vm.expectEmit(address(_channels));
        emit IChannelSettlement.ChannelSettled(_idOf(_c), 30 ether);
        assertEq(_settleAs(_paul.addr, 30 ether, 30 ether), 30 ether);
        assertEq(_settleAs(_paul.addr, 45 ether, 45 ether), 15 ether);
        assertEq(_token.balanceOf(_paul.addr), 45 ether + 1);
        assertEq(_stateOf(_c).settled, 45 ether);
    }

    /// Pitfall 1: a voucher that was signed ahead is a ceiling, not a debt.
    function test_settle_capturesWhatWasSpentAndNotTheWholeAuthorization() public {
        assertEq(_settleAs(_paul.addr, _DEPOSIT, 1 ether), 1 ether);
        assertEq(_token.balanceOf(_paul.addr), 1 ether + 1);
        assertEq(_stateOf(_c).settled, 1 ether);
        // The same voucher covers later spending.
        assertEq(_settleAs(_paul.addr, _DEPOSIT, 2 ether), 1 ether);
    }

    function test_settle_revertsWhenPayeeCapturesMoreThanAuthorized() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                IChannelSettlement.ChannelsCaptureAboveAuthorized.selector, 10 ether + 1, 10 ether
            )
        );
        _settleAs(_paul.addr, 10 ether, 10 ether + 1);
    }

    function test_settle_revertsWhenCaptureExceedsTheDeposit() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                IChannelSettlement.ChannelsCaptureAboveDeposit.selector, _DEPOSIT + 1, _DEPOSIT
            )
        );
        _settleAs(_paul.addr, _DEPOSIT + 1, _DEPOSIT + 1);
        assertEq(_settleAs(_paul.addr, type(uint128).max, _DEPOSIT), _DEPOSIT);
    }

    function test_settle_revertsWhenNothingIsNew() public {
        _settleAs(_paul.addr, 10 ether, 10 ether);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelSettlement.ChannelsCaptureTooLow.selector, 10 ether, 10 ether)
        );
        _settleAs(_paul.addr, 10 ether, 10 ether);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelSettlement.ChannelsCaptureTooLow.selector, 9 ether, 10 ether)
        );
        _settleAs(_paul.addr, 20 ether, 9 ether);
    }

    function test_settle_revertsWhenCaptureIsZero() public {
        vm.expectRevert(abi.encodeWithSelector(IChannelSettlement.ChannelsCaptureTooLow.selector, 0, 0));
        _settleAs(_paul.addr, 10 ether, 0);
    }

    /// The caller chooses what is captured, so it must be somebody the payee trusts.
    function test_settle_revertsWhenCallerIsNeitherPayeeNorOperator() public {
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsNotPayee.selector, _mallory, _paul.addr)
        );
        _settleAs(_mallory, 10 ether, 10 ether);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsNotPayee.selector, _alice.addr, _paul.addr)
        );
        _settleAs(_alice.addr, 10 ether, 10 ether);
    }

    function test_settle_revertsWhenTheChannelIsUnknown() public {
        _c.salt = "unknown";
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsUnknown.selector, _idOf(_c)));
        _settleAs(_paul.addr, 10 ether, 10 ether);
    }

    function test_settle_revertsWhenTheChannelIsClosed() public {
        vm.prank(_paul.addr);
        _channels.close(_c, 0, 0, "");
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsClosed.selector, _idOf(_c)));
        _settleAs(_paul.addr, 10 ether, 10 ether);
    }

    function test_setOperator_letsAnotherAccountSettle() public {
        vm.expectEmit(address(_channels));
        emit IChannelSettlement.OperatorSet(_paul.addr, _olga, true);
        vm.prank(_paul.addr);
        _channels.setOperator(_olga, true);
        assertTrue(_channels.isOperator(_paul.addr, _olga));
        _settleAs(_olga, 10 ether, 10 ether);
        // The money is Paul's all the same.
        assertEq(_token.balanceOf(_paul.addr), 10 ether + 1);
        assertEq(_token.balanceOf(_olga), 0);
    }

    function test_setOperator_canBeTakenBack() public {
        vm.startPrank(_paul.addr);
        _channels.setOperator(_olga, true);
        _channels.setOperator(_olga, false);
        vm.stopPrank();
        assertFalse(_channels.isOperator(_paul.addr, _olga));
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsNotPayee.selector, _olga, _paul.addr));
        _settleAs(_olga, 10 ether, 10 ether);
    }

    function test_setOperator_speaksForItsPayeeOnly() public {
        vm.prank(_mallory);
        _channels.setOperator(_mallory, true);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsNotPayee.selector, _mallory, _paul.addr)
        );
        _settleAs(_mallory, 10 ether, 10 ether);
    }

    function test_setOperator_revertsWhenOperatorIsZero() public {
        vm.prank(_paul.addr);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsAddressInvalid.selector, address(0)));
        _channels.setOperator(address(0), true);
    }

    function testFuzz_settle_conservesMoney(uint96 deposit, uint96 first, uint96 second) public {
        deposit = uint96(bound(deposit, 2, 1000 ether));
        first = uint96(bound(first, 1, deposit - 1));
        second = uint96(bound(second, first + 1, deposit));
        _c = _channel(2);
        _open(_c, deposit);
        _settleAs(_paul.addr, first, first);
        _settleAs(_paul.addr, second, second);
        assertEq(_token.balanceOf(_paul.addr), uint256(second) + 1);
        assertEq(_token.balanceOf(address(_channels)), uint256(_DEPOSIT) + deposit - second);
        vm.prank(_paul.addr);
        (, uint256 refunded) = _channels.close(_c, 0, second, "");
        assertEq(refunded, deposit - second);
        assertEq(_token.balanceOf(_alice.addr), _FUNDS - _DEPOSIT - second);
    }

    function testFuzz_settle_followsItsBounds(uint128 authorized, uint128 capture) public {
        _settleAs(_paul.addr, 10 ether, 10 ether);
        if (capture > authorized) {
            vm.expectPartialRevert(IChannelSettlement.ChannelsCaptureAboveAuthorized.selector);
        } else if (capture <= 10 ether) {
            vm.expectPartialRevert(IChannelSettlement.ChannelsCaptureTooLow.selector);
        } else if (capture > _DEPOSIT) {
            vm.expectPartialRevert(IChannelSettlement.ChannelsCaptureAboveDeposit.selector);
        }
        _settleAs(_paul.addr, authorized, capture);
    }
}
