// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "../../src/inference/ChannelTypes.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// The fee is taken once of every captured unit, whichever call captures it, and never out of anybody's reach.
contract PaymentChannelsFeeCloseTest is ChannelFixture {
    Channel private _c;

    function setUp() public override {
        super.setUp();
        _setFee(100);
        _c = _opened(1);
        _settle(_c, 60 ether);
    }

    function _fees() private view returns (uint256) {
        return _channels.vaultBalanceOf(_treasury, address(_token));
    }

    function test_close_takesNoFeeTwice() public {
        bytes memory voucher = _signVoucher(_alice.key, _c, 90 ether);
        vm.prank(_paul.addr);
        _channels.close(_c, 90 ether, 90 ether, voucher);
        assertEq(_fees(), 0.9 ether);
        assertEq(_token.balanceOf(_paul.addr), 89.1 ether + 1);
    }

    function test_closeWithStatement_takesNoFeeTwice() public {
        bytes memory statement = _signStatement(_paul.key, _c, 90 ether, _START);
        vm.prank(_alice.addr);
        _channels.closeWithStatement(_c, 90 ether, _START, statement, 0, "");
        assertEq(_fees(), 0.9 ether);
        assertEq(_token.balanceOf(_paul.addr), 89.1 ether + 1);
    }

    function test_close_takesNoFeeOfNothing() public {
        vm.prank(_paul.addr);
        _channels.close(_c, 0, 60 ether, "");
        assertEq(_fees(), 0.6 ether);
    }

    /// Channels that opened at an earlier fee keep paying it after the fee is gone: their fees must reach somebody.
    function test_setFee_neverLeavesFeesToTheContractItself() public {
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsAddressInvalid.selector, address(_channels))
        );
        vm.prank(_admin);
        _channels.setFee(0, address(_channels));
    }
}
