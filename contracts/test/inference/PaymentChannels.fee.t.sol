// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Channel, StreamCommit} from "../../src/inference/ChannelTypes.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {IPaymentChannels} from "../../src/inference/IPaymentChannels.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// The protocol fee: capped, governed, and never changed under an open channel.
contract PaymentChannelsFeeTest is ChannelFixture {
    function _treasuryBalance() private view returns (uint256) {
        return _channels.vaultBalanceOf(_treasury, address(_token));
    }

    function test_fee_isZeroUntilItIsSet() public {
        (uint16 bps, address recipient) = _channels.fee();
        assertEq(bps, 0);
        assertEq(recipient, address(0));
        _settle(_opened(1), 100 ether);
        assertEq(_token.balanceOf(_paul.addr), 100 ether + 1);
    }

    function test_setFee_isReadBack() public {
        vm.expectEmit(address(_channels));
        emit IPaymentChannels.FeeSet(100, _treasury);
        _setFee(100);
        (uint16 bps, address recipient) = _channels.fee();
        assertEq(bps, 100);
        assertEq(recipient, _treasury);
        assertEq(_channels.MAX_FEE(), 100);
    }

    function test_setFee_revertsAboveItsCeiling() public {
        vm.prank(_admin);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.ChannelsFeeTooHigh.selector, 101, 100));
        _channels.setFee(101, _treasury);
    }

    function test_setFee_revertsWhenCallerIsNotAllowed() public {
        vm.prank(_mallory);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, _mallory));
        _channels.setFee(1, _mallory);
    }

    function test_setFee_revertsWhenNobodyWouldReceiveIt() public {
        vm.startPrank(_admin);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsAddressInvalid.selector, address(0)));
        _channels.setFee(1, address(0));
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsAddressInvalid.selector, address(_channels))
        );
        _channels.setFee(1, address(_channels));
        _channels.setFee(0, address(0));
    }

    function test_settle_creditsTheFeeToTheRecipientsVault() public {
        _setFee(100);
        Channel memory channel = _opened(1);
        assertEq(_stateOf(channel).feeBps, 100);
        vm.expectEmit(address(_channels));
        emit IChannelLedger.FeeAccrued(_treasury, address(_token), 0.5 ether);
        assertEq(_settle(channel, 50 ether), 50 ether);
        vm.snapshotGasLastCall("PaymentChannels", "settleWithFee");
        assertEq(_token.balanceOf(_paul.addr), 49.5 ether + 1);
        assertEq(_treasuryBalance(), 0.5 ether);
        vm.prank(_treasury);
        _channels.withdrawFromVault(address(_token), 0.5 ether, _treasury);
        assertEq(_token.balanceOf(_treasury), 0.5 ether);
    }

    function test_close_takesTheFeeOfWhatIsPaidOnly() public {
        _setFee(100);
        Channel memory channel = _opened(1);
        bytes memory signature = _signVoucher(_alice.key, channel, 50 ether);
        vm.prank(_paul.addr);
        _channels.close(channel, 50 ether, 50 ether, signature);
        assertEq(_treasuryBalance(), 0.5 ether);
        assertEq(_token.balanceOf(_alice.addr), _FUNDS - 50 ether);
    }

    function test_settleStream_takesTheFee() public {
        _setFee(100);
        Channel memory channel = _opened(1);
        StreamCommit memory commit = StreamCommit(0, _link("seed", 8, 0), 1 ether, 8);
        bytes memory signature = _signCommit(_alice.key, channel, commit);
        vm.prank(_paul.addr);
        _channels.settleStream(channel, commit, signature, 8, "seed");
        assertEq(_treasuryBalance(), 0.08 ether);
    }

    function test_settleMany_takesTheFeeThatEachChannelOpenedWith() public {
        Channel memory free = _opened(1);
        _setFee(100);
        Channel memory dear = _opened(2);
        _setFee(50);
        Channel memory half = _opened(3);
        bytes memory rows = bytes.concat(
            _signedRow(_alice.key, free, 10 ether, 10 ether),
            _signedRow(_alice.key, dear, 10 ether, 10 ether),
            _signedRow(_alice.key, half, 10 ether, 10 ether)
        );
        vm.expectEmit(address(_channels));
        emit IChannelLedger.FeeAccrued(_treasury, address(_token), 0.15 ether);
        vm.prank(_paul.addr);
        _channels.settleMany(_batchOf(rows));
        assertEq(_token.balanceOf(_paul.addr), 29.85 ether + 1);
    }

    function test_setFee_neverChangesAnOpenChannel() public {
        Channel memory before = _opened(1);
        _setFee(100);
        vm.prank(_alice.addr);
        _channels.topUp(before, 1);
        _settle(before, 50 ether);
        assertEq(_treasuryBalance(), 0);

        Channel memory since = _opened(2);
        _setFee(0);
        _settle(since, 50 ether);
        assertEq(_treasuryBalance(), 0.5 ether);
    }

    function test_setFee_withoutRecipientTakesNoFeeFromAnyChannel() public {
        _setFee(100);
        Channel memory channel = _opened(1);
        vm.prank(_admin);
        _channels.setFee(0, address(0));
        _settle(channel, 50 ether);
        assertEq(_token.balanceOf(_paul.addr), 50 ether + 1);
    }

    function testFuzz_settle_roundsTheFeeDown(uint16 bps, uint96 amount) public {
        bps = uint16(bound(bps, 0, 100));
        amount = uint96(bound(amount, 1, _DEPOSIT));
        _setFee(bps);
        _settle(_opened(1), amount);
        uint256 expected = uint256(amount) * bps / 10_000;
        assertEq(_treasuryBalance(), expected);
        assertEq(_token.balanceOf(_paul.addr), uint256(amount) - expected + 1);
    }
}
