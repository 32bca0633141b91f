// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ERC1363Utils} from "@openzeppelin/contracts/token/ERC20/utils/ERC1363Utils.sol";

import {AITokenFixture} from "./AITokenFixture.sol";
import {
    AcceptingReceiver,
    ReenteringReceiver,
    RefusingReceiver,
    RevertingReceiver
} from "./AITokenReceivers.sol";

contract AITokenCallbacksTest is AITokenFixture {
    function test_transferAndCall() public {
        AcceptingReceiver receiver = new AcceptingReceiver();
        vm.prank(_alice.addr);
        assertTrue(_token.transferAndCall(address(receiver), 7, "order 1"));
        assertEq(_token.balanceOf(address(receiver)), 7);
        assertEq(receiver.operator(), _alice.addr);
        assertEq(receiver.from(), _alice.addr);
        assertEq(receiver.value(), 7);
        assertEq(receiver.data(), "order 1");
    }

    function test_transferAndCall_withoutDataSendsNone() public {
        AcceptingReceiver receiver = new AcceptingReceiver();
        vm.prank(_alice.addr);
        assertTrue(_token.transferAndCall(address(receiver), 7));
        assertEq(receiver.data(), "");
    }

    function test_transferAndCall_revertsWhenReceiverIsNotAContract() public {
        vm.expectRevert(abi.encodeWithSelector(ERC1363Utils.ERC1363InvalidReceiver.selector, _bob.addr));
        vm.prank(_alice.addr);
        _token.transferAndCall(_bob.addr, 7);
        assertEq(_token.balanceOf(_bob.addr), 0);
    }

    function test_transferAndCall_revertsWhenReceiverKnowsNothingOfIt() public {
        vm.expectRevert(
            abi.encodeWithSelector(ERC1363Utils.ERC1363InvalidReceiver.selector, address(_manager))
        );
        vm.prank(_alice.addr);
        _token.transferAndCall(address(_manager), 7);
    }

    function test_transferAndCall_revertsWhenReceiverRefuses() public {
        RefusingReceiver receiver = new RefusingReceiver();
        vm.expectRevert(
            abi.encodeWithSelector(ERC1363Utils.ERC1363InvalidReceiver.selector, address(receiver))
        );
        vm.prank(_alice.addr);
        _token.transferAndCall(address(receiver), 7);
        assertEq(_token.balanceOf(address(receiver)), 0);
    }

    function test_transferAndCall_revertsWithTheReceiversReason() public {
        RevertingReceiver receiver = new RevertingReceiver();
        vm.expectRevert(abi.encodeWithSelector(RevertingReceiver.NotToday.selector, 7));
        vm.prank(_alice.addr);
        _token.transferAndCall(address(receiver), 7);
    }

    function test_transferAndCall_reentrancyTakesOnlyWhatWasSent() public {
        ReenteringReceiver receiver = new ReenteringReceiver(_mallory);
        vm.prank(_alice.addr);
        assertTrue(_token.transferAndCall(address(receiver), 7));
        assertFalse(receiver.tookMore());
        assertEq(_token.balanceOf(_mallory), 7);
        assertEq(_token.balanceOf(_alice.addr), _SUPPLY - 7);
    }

    function test_transferFromAndCall() public {
        AcceptingReceiver receiver = new AcceptingReceiver();
        vm.prank(_alice.addr);
        _token.approve(_bob.addr, 7);
        vm.prank(_bob.addr);
        assertTrue(_token.transferFromAndCall(_alice.addr, address(receiver), 7, "for Alice"));
        assertEq(receiver.operator(), _bob.addr);
        assertEq(receiver.from(), _alice.addr);
        assertEq(_token.allowance(_alice.addr, _bob.addr), 0);
    }

    function test_transferFromAndCall_reentrancyTakesOnlyTheAllowance() public {
        ReenteringReceiver receiver = new ReenteringReceiver(_mallory);
        vm.prank(_alice.addr);
        _token.approve(address(receiver), 7);
        vm.prank(address(receiver));
        assertTrue(_token.transferFromAndCall(_alice.addr, address(receiver), 7));
        assertFalse(receiver.tookMore(), "the allowance was spent before the call");
        assertEq(_token.balanceOf(_mallory), 7);
    }

    function test_transferFromAndCall_revertsWhenNotApproved() public {
        AcceptingReceiver receiver = new AcceptingReceiver();
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, _mallory, 0, 7)
        );
        vm.prank(_mallory);
        _token.transferFromAndCall(_alice.addr, address(receiver), 7);
    }

    function test_approveAndCall() public {
        AcceptingReceiver receiver = new AcceptingReceiver();
        vm.prank(_alice.addr);
        assertTrue(_token.approveAndCall(address(receiver), 7, "subscription"));
        assertEq(_token.balanceOf(address(receiver)), 7);
        assertEq(_token.allowance(_alice.addr, address(receiver)), 0);
        assertEq(receiver.data(), "subscription");
    }

    function test_approveAndCall_revertsWhenSpenderIsNotAContract() public {
        vm.expectRevert(abi.encodeWithSelector(ERC1363Utils.ERC1363InvalidSpender.selector, _bob.addr));
        vm.prank(_alice.addr);
        _token.approveAndCall(_bob.addr, 7);
    }

    function test_approveAndCall_revertsWhenSpenderRefuses() public {
        RefusingReceiver spender = new RefusingReceiver();
        vm.expectRevert(abi.encodeWithSelector(ERC1363Utils.ERC1363InvalidSpender.selector, address(spender)));
        vm.prank(_alice.addr);
        _token.approveAndCall(address(spender), 7);
        assertEq(_token.allowance(_alice.addr, address(spender)), 0);
    }

    function test_approveAndCall_revertsWithTheSpendersReason() public {
        RevertingReceiver spender = new RevertingReceiver();
        vm.expectRevert(abi.encodeWithSelector(RevertingReceiver.NotToday.selector, 7));
        vm.prank(_alice.addr);
        _token.approveAndCall(address(spender), 7);
    }
}
