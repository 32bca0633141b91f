// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel, ChannelState} from "../../src/inference/ChannelTypes.sol";
import {IChannelExit} from "../../src/inference/IChannelExit.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {IChannelSettlement} from "../../src/inference/IChannelSettlement.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// The payee ends a channel.
contract PaymentChannelsCloseTest is ChannelFixture {
    Channel private _c;

    function setUp() public override {
        super.setUp();
        _c = _opened(1);
    }

    function _closeAs(address caller, uint128 authorized, uint128 capture)
        private
        returns (uint256, uint256)
    {
        bytes memory signature = _signVoucher(_alice.key, _c, authorized);
        vm.prank(caller);
        return _channels.close(_c, authorized, capture, signature);
    }

    function test_close_paysAndRefundsTogether() public {
        _settle(_c, 10 ether);
        vm.expectEmit(address(_channels));
        emit IChannelExit.ChannelClosed(_idOf(_c), 30 ether, 70 ether);
        (uint256 paid, uint256 refunded) = _closeAs(_paul.addr, 50 ether, 30 ether);
        assertEq(paid, 20 ether);
        assertEq(refunded, 70 ether);
        assertEq(_token.balanceOf(_paul.addr), 30 ether + 1);
        assertEq(_token.balanceOf(_alice.addr), _FUNDS - 30 ether);
        assertEq(_token.balanceOf(address(_channels)), 0);
    }

    function test_close_leavesATombstone() public {
        _requestClose(_c);
        _closeAs(_paul.addr, 30 ether, 30 ether);
        ChannelState memory state = _stateOf(_c);
        assertTrue(state.closed);
        assertEq(state.closeAt, 0);
        assertEq(state.settled, 30 ether);
        assertEq(state.deposit, _DEPOSIT);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsClosed.selector, _idOf(_c)));
        _closeAs(_paul.addr, 40 ether, 40 ether);
    }

    function test_close_needsNoVoucherWhenNothingIsOwed() public {
        vm.prank(_paul.addr);
        (uint256 paid, uint256 refunded) = _channels.close(_c, 0, 0, "");
        assertEq(paid, 0);
        assertEq(refunded, _DEPOSIT);
        assertEq(_token.balanceOf(_alice.addr), _FUNDS);
    }

    function test_close_needsNoVoucherForWhatIsSettled() public {
        _settle(_c, _DEPOSIT);
        vm.prank(_paul.addr);
        (uint256 paid, uint256 refunded) = _channels.close(_c, 0, _DEPOSIT, "");
        assertEq(paid, 0);
        assertEq(refunded, 0);
        assertTrue(_stateOf(_c).closed);
    }

    function test_close_revertsWhenCaptureIsBelowWhatIsSettled() public {
        _settle(_c, 30 ether);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelSettlement.ChannelsCaptureTooLow.selector, 30 ether - 1, 30 ether)
        );
        _closeAs(_paul.addr, 40 ether, 30 ether - 1);
    }

    function test_close_revertsWhenCaptureExceedsAuthorizationOrDeposit() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                IChannelSettlement.ChannelsCaptureAboveAuthorized.selector, 30 ether + 1, 30 ether
            )
        );
        _closeAs(_paul.addr, 30 ether, 30 ether + 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IChannelSettlement.ChannelsCaptureAboveDeposit.selector, _DEPOSIT + 1, _DEPOSIT
            )
        );
        _closeAs(_paul.addr, _DEPOSIT + 1, _DEPOSIT + 1);
    }

    /// Pitfall 20: nobody but the payee's side ends a channel for the payee.
    function test_close_revertsWhenCallerIsNeitherPayeeNorOperator() public {
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsNotPayee.selector, _alice.addr, _paul.addr)
        );
        _closeAs(_alice.addr, 0, 0);
        vm.prank(_paul.addr);
        _channels.setOperator(_olga, true);
        _closeAs(_olga, 1 ether, 1 ether);
    }

    function test_close_revertsWhenTheVoucherIsNotSigned() public {
        vm.prank(_paul.addr);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsInvalidSignature.selector, _alice.addr));
        _channels.close(_c, 1 ether, 1 ether, "");
    }

    function test_close_revertsWhenTheChannelIsUnknown() public {
        _c.salt = "unknown";
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsUnknown.selector, _idOf(_c)));
        _closeAs(_paul.addr, 0, 0);
    }

    function testFuzz_close_conservesMoney(uint96 deposit, uint96 settled, uint96 capture) public {
        deposit = uint96(bound(deposit, 1, 1000 ether));
        capture = uint96(bound(capture, 0, deposit));
        settled = uint96(bound(settled, 0, capture));
        _c = _channel(2);
        _open(_c, deposit);
        if (settled != 0) _settle(_c, settled);
        (uint256 paid, uint256 refunded) = _closeAs(_paul.addr, capture, capture);
        assertEq(paid, capture - settled);
        assertEq(refunded, deposit - capture);
        assertEq(_token.balanceOf(_paul.addr), uint256(capture) + 1);
        assertEq(_token.balanceOf(address(_channels)), _DEPOSIT);
    }
}
