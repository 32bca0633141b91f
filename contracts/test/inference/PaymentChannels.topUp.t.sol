// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "../../src/inference/ChannelTypes.sol";
import {IChannelExit} from "../../src/inference/IChannelExit.sol";
import {IChannelFunding} from "../../src/inference/IChannelFunding.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// Adding to a channel from an allowance.
contract PaymentChannelsTopUpTest is ChannelFixture {
    Channel private _c;

    function setUp() public override {
        super.setUp();
        _c = _opened(1);
    }

    function _topUp(uint128 amount) private returns (uint256) {
        vm.prank(_alice.addr);
        return _channels.topUp(_c, amount);
    }

    function test_topUp_raisesTheDeposit() public {
        vm.expectEmit(address(_channels));
        emit IChannelFunding.ChannelToppedUp(_idOf(_c), _DEPOSIT + 5 ether, false);
        assertEq(_topUp(5 ether), _DEPOSIT + 5 ether);
        assertEq(_stateOf(_c).deposit, _DEPOSIT + 5 ether);
        assertEq(_token.balanceOf(address(_channels)), _DEPOSIT + 5 ether);
    }

    function test_topUp_keepsWhatWasSettled() public {
        _settle(_c, 30 ether);
        _topUp(5 ether);
        assertEq(_stateOf(_c).settled, 30 ether);
    }

    function test_topUp_cancelsAPendingExit() public {
        uint256 closeAt = _requestClose(_c);
        _topUp(1);
        assertEq(_stateOf(_c).closeAt, 0);
        vm.warp(closeAt);
        vm.prank(_alice.addr);
        vm.expectRevert(abi.encodeWithSelector(IChannelExit.ChannelsCloseNotRequested.selector, _idOf(_c)));
        _channels.withdraw(_c);
    }

    /// A provider that adds one unit to a customer's channel could otherwise hold it for ever.
    function test_topUp_byAStrangerCannotCancelAnExit() public {
        uint256 closeAt = _requestClose(_c);
        _fund(_mallory);
        vm.prank(_mallory);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsNotPayer.selector, _mallory, _alice.addr)
        );
        _channels.topUp(_c, 1);
        vm.prank(_paul.addr);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsNotPayer.selector, _paul.addr, _alice.addr)
        );
        _channels.topUp(_c, 1);
        assertEq(_stateOf(_c).closeAt, closeAt);
    }

    function test_topUp_revertsWhenAmountIsZero() public {
        _requestClose(_c);
        vm.expectRevert(IChannelLedger.ChannelsAmountZero.selector);
        _topUp(0);
        assertNotEq(_stateOf(_c).closeAt, 0);
    }

    function test_topUp_fillsUpTo96Bits() public {
        _token.mint(_alice.addr, type(uint96).max);
        uint128 room = type(uint96).max - _DEPOSIT;
        vm.expectRevert(
            abi.encodeWithSelector(
                IChannelLedger.ChannelsAmountTooLarge.selector, uint256(type(uint96).max) + 1
            )
        );
        _topUp(room + 1);
        assertEq(_topUp(room), type(uint96).max);
    }

    function test_topUp_revertsWhenTheChannelIsUnknown() public {
        _c.salt = bytes32(uint256(2));
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsUnknown.selector, _idOf(_c)));
        _topUp(1);
    }

    function test_topUp_revertsWhenTheChannelIsClosed() public {
        vm.prank(_paul.addr);
        _channels.close(_c, 0, 0, "");
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsClosed.selector, _idOf(_c)));
        _topUp(1);
    }

    function test_topUp_paysForNewVouchers() public {
        _settle(_c, _DEPOSIT);
        _topUp(5 ether);
        assertEq(_settle(_c, _DEPOSIT + 5 ether), 5 ether);
    }
}
