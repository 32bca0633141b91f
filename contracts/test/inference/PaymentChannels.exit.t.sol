// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "../../src/inference/ChannelTypes.sol";
import {IChannelExit} from "../../src/inference/IChannelExit.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// The payer leaves alone.
contract PaymentChannelsExitTest is ChannelFixture {
    Channel private _c;

    function setUp() public override {
        super.setUp();
        _c = _opened(1);
    }

    function _withdrawAs(address caller) private returns (uint256) {
        vm.prank(caller);
        return _channels.withdraw(_c);
    }

    function test_requestClose_startsTheGracePeriod() public {
        vm.expectEmit(address(_channels));
        emit IChannelExit.ChannelCloseRequested(_idOf(_c), _paul.addr, _START + 15 minutes);
        assertEq(_requestClose(_c), _START + 15 minutes);
        vm.snapshotGasLastCall("PaymentChannels", "requestClose");
        assertEq(_stateOf(_c).closeAt, _START + 15 minutes);
        assertEq(_channels.GRACE_PERIOD(), 15 minutes);
    }

    function test_requestClose_revertsWhenAlreadyRequested() public {
        uint256 closeAt = _requestClose(_c);
        vm.warp(_START + 1);
        vm.prank(_alice.addr);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsClosing.selector, _idOf(_c), closeAt));
        _channels.requestClose(_c);
    }

    /// Pitfall 20: nobody starts or finishes the payer's exit for it.
    function test_requestClose_revertsWhenCallerIsNotPayer() public {
        vm.prank(_paul.addr);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsNotPayer.selector, _paul.addr, _alice.addr)
        );
        _channels.requestClose(_c);
    }

    function test_requestClose_revertsWhenTheChannelIsUnknownOrClosed() public {
        vm.prank(_paul.addr);
        _channels.close(_c, 0, 0, "");
        vm.startPrank(_alice.addr);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsClosed.selector, _idOf(_c)));
        _channels.requestClose(_c);
        _c.salt = "unknown";
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsUnknown.selector, _idOf(_c)));
        _channels.requestClose(_c);
    }

    function test_withdraw_refundsWhatWasNotSettled() public {
        _settle(_c, 30 ether);
        vm.warp(_requestClose(_c));
        vm.expectEmit(address(_channels));
        emit IChannelExit.ChannelClosed(_idOf(_c), 30 ether, 70 ether);
        assertEq(_withdrawAs(_alice.addr), 70 ether);
        vm.snapshotGasLastCall("PaymentChannels", "withdraw");
        assertEq(_token.balanceOf(_alice.addr), _FUNDS - 30 ether);
        assertTrue(_stateOf(_c).closed);
    }

    /// Pitfall 13: `closeAt` of a channel that never asked to close is zero, which is in the past.
    function test_withdraw_revertsWithoutRequest() public {
        vm.expectRevert(abi.encodeWithSelector(IChannelExit.ChannelsCloseNotRequested.selector, _idOf(_c)));
        _withdrawAs(_alice.addr);
    }

    function test_withdraw_revertsUntilTheGracePeriodIsOver() public {
        uint256 closeAt = _requestClose(_c);
        vm.warp(closeAt - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelExit.ChannelsGraceNotOver.selector, _idOf(_c), closeAt)
        );
        _withdrawAs(_alice.addr);
        vm.warp(closeAt);
        _withdrawAs(_alice.addr);
    }

    function test_withdraw_revertsWhenCallerIsNotPayer() public {
        vm.warp(_requestClose(_c));
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsNotPayer.selector, _mallory, _alice.addr)
        );
        _withdrawAs(_mallory);
    }

    function test_withdraw_happensOnce() public {
        vm.warp(_requestClose(_c));
        _withdrawAs(_alice.addr);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsClosed.selector, _idOf(_c)));
        _withdrawAs(_alice.addr);
    }

    function test_withdraw_refundsNothingFromAnEmptyChannel() public {
        _settle(_c, _DEPOSIT);
        vm.warp(_requestClose(_c));
        assertEq(_withdrawAs(_alice.addr), 0);
        assertTrue(_stateOf(_c).closed);
    }

    /// The payee is never too late as long as the payer has not withdrawn.
    function test_settle_worksDuringAndAfterTheGracePeriod() public {
        uint256 closeAt = _requestClose(_c);
        vm.warp(closeAt - 1);
        _settle(_c, 30 ether);
        assertEq(_stateOf(_c).closeAt, closeAt);
        vm.warp(closeAt + 1 days);
        _settle(_c, 40 ether);
        assertEq(_withdrawAs(_alice.addr), 60 ether);
    }

    function test_withdraw_needsANewRequestAfterACancelledOne() public {
        _requestClose(_c);
        vm.prank(_alice.addr);
        _channels.topUp(_c, 1);
        vm.warp(_START + 1 days);
        vm.expectRevert(abi.encodeWithSelector(IChannelExit.ChannelsCloseNotRequested.selector, _idOf(_c)));
        _withdrawAs(_alice.addr);
        vm.warp(_requestClose(_c));
        assertEq(_withdrawAs(_alice.addr), _DEPOSIT + 1);
    }
}
