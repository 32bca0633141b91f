// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC7802} from "@openzeppelin/contracts/interfaces/draft-IERC7802.sol";
import {ERC20Capped} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Capped.sol";

import {IAIToken} from "../../src/core/IAIToken.sol";
import {AITokenFixture} from "./AITokenFixture.sol";

contract AITokenBridgeTest is AITokenFixture {
    uint208 private constant _IN = 1000;
    uint208 private constant _OUT = 500;
    uint48 private constant _WINDOW = 100;

    function setUp() public override {
        super.setUp();
        _setLimits(_bridge, _IN, _OUT, _WINDOW);
    }

    function _mint(uint256 amount) private {
        vm.prank(_bridge);
        _token.crosschainMint(_bob.addr, amount);
    }

    function _burn(uint256 amount) private {
        vm.prank(_bridge);
        _token.crosschainBurn(_alice.addr, amount);
    }

    function _approve(uint256 amount) private {
        vm.prank(_alice.addr);
        _token.approve(_bridge, amount);
    }

    function _expectExceeded(uint256 amount, uint256 available) private {
        vm.expectRevert(
            abi.encodeWithSelector(IAIToken.AITokenBridgeLimitExceeded.selector, _bridge, amount, available)
        );
    }

    function _assertAvailable(uint256 inbound, uint256 outbound) private view {
        (uint256 in_, uint256 out) = _token.bridgeAvailable(_bridge);
        assertEq(in_, inbound, "inbound");
        assertEq(out, outbound, "outbound");
    }

    function test_setBridgeLimits() public {
        IAIToken.BridgeLimits memory limits = IAIToken.BridgeLimits({
            inbound: IAIToken.BridgeLimit(1, 2), outbound: IAIToken.BridgeLimit(3, 4)
        });
        vm.expectEmit(address(_token));
        emit IAIToken.BridgeLimitsSet(_mallory, limits);
        vm.prank(_bridgeAdmin);
        _token.setBridgeLimits(_mallory, limits);
        assertEq(abi.encode(_token.bridgeLimits(_mallory)), abi.encode(limits));
    }

    function test_setBridgeLimits_bucketStartsFull() public view {
        _assertAvailable(_IN, _OUT);
    }

    function testFuzz_setBridgeLimits_revertsWhenCallerIsNotAdmin(address caller) public {
        vm.assume(caller != _bridgeAdmin);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller));
        vm.prank(caller);
        _token.setBridgeLimits(caller, _limits(1, 1, 1));
    }

    function test_setBridgeLimits_revertsWhenBridgeIsZero() public {
        vm.expectRevert(abi.encodeWithSelector(IAIToken.AITokenInvalidBridge.selector, address(0)));
        _setLimits(address(0), 1, 1, 1);
    }

    function test_setBridgeLimits_revertsWhenCapacityHasNoWindow() public {
        vm.expectRevert(abi.encodeWithSelector(IAIToken.AITokenInvalidBridgeLimit.selector, 1, 0));
        _setLimits(_bridge, 1, 0, 0);
    }

    function test_setBridgeLimits_revertsWhenOutboundCapacityHasNoWindow() public {
        vm.expectRevert(abi.encodeWithSelector(IAIToken.AITokenInvalidBridgeLimit.selector, 1, 0));
        _setLimits(_bridge, 0, 1, 0);
    }

    function test_setBridgeLimits_revertsWhenWindowHasNoCapacity() public {
        IAIToken.BridgeLimits memory limits;
        limits.outbound.window = 1;
        vm.expectRevert(abi.encodeWithSelector(IAIToken.AITokenInvalidBridgeLimit.selector, 0, 1));
        vm.prank(_bridgeAdmin);
        _token.setBridgeLimits(_bridge, limits);
    }

    function test_setBridgeLimits_acceptsTheLargest() public {
        _setLimits(_mallory, type(uint208).max, type(uint208).max, type(uint48).max);
        (uint256 inbound, uint256 outbound) = _token.bridgeAvailable(_mallory);
        assertEq(inbound, type(uint208).max);
        assertEq(outbound, type(uint208).max);
        vm.warp(type(uint48).max);
        vm.prank(_mallory);
        _token.crosschainMint(_bob.addr, _CAP - _SUPPLY);
        assertEq(_token.totalSupply(), _CAP);
    }

    function test_setBridgeLimits_changingThemRefillsNothing() public {
        _mint(_IN);
        _setLimits(_bridge, _IN * 2, _OUT, _WINDOW);
        _assertAvailable(_IN, _OUT);
        _setLimits(_bridge, _IN / 2, _OUT, _WINDOW);
        _assertAvailable(0, _OUT);
    }

    function test_setBridgeLimits_newRateCountsFromNow() public {
        _mint(_IN);
        vm.warp(_START + 50);
        _setLimits(_bridge, _IN, _OUT, _WINDOW * 10);
        _assertAvailable(_IN / 2, _OUT);
        vm.warp(_START + 51);
        _assertAvailable(_IN / 2 + 1, _OUT);
    }

    function test_setBridgeLimits_removingAndAddingRefillsNothing() public {
        _mint(_IN);
        _setLimits(_bridge, 0, 0, 0);
        vm.warp(_START + 10 * _WINDOW);
        _setLimits(_bridge, _IN, _OUT, _WINDOW);
        _assertAvailable(0, _OUT);
    }

    function test_crosschainMint() public {
        vm.expectEmit(address(_token));
        emit IERC7802.CrosschainMint(_bob.addr, 7, _bridge);
        _mint(7);
        assertEq(_token.balanceOf(_bob.addr), 7);
        _assertAvailable(_IN - 7, _OUT);
    }

    function test_crosschainMint_wholeBucketAtOnce() public {
        _mint(_IN);
        _assertAvailable(0, _OUT);
    }

    function test_crosschainMint_revertsWhenBucketIsShort() public {
        _mint(1);
        _expectExceeded(_IN, _IN - 1);
        _mint(_IN);
    }

    function test_crosschainMint_bucketRefillsWithTime() public {
        _mint(_IN);
        _expectExceeded(1, 0);
        _mint(1);
        vm.warp(_START + 1);
        _assertAvailable(10, _OUT);
        _mint(10);
        vm.warp(_START + 1 + _WINDOW);
        _assertAvailable(_IN, _OUT);
        vm.warp(_START + 100 * _WINDOW);
        _assertAvailable(_IN, _OUT);
    }

    function test_crosschainMint_bucketsAreOfEachBridge() public {
        _setLimits(_mallory, _IN, _OUT, _WINDOW);
        _mint(_IN);
        vm.prank(_mallory);
        _token.crosschainMint(_mallory, _IN);
        assertEq(_token.balanceOf(_mallory), _IN);
    }

    function test_crosschainMint_revertsWhenAboveCap() public {
        vm.prank(_minter);
        _token.mint(_bob.addr, _CAP - _SUPPLY);
        vm.expectRevert(abi.encodeWithSelector(ERC20Capped.ERC20ExceededCap.selector, _CAP + 1, _CAP));
        _mint(1);
        _assertAvailable(_IN, _OUT);
    }

    function testFuzz_crosschainMint_revertsWhenCallerIsNoBridge(address caller, uint256 amount) public {
        vm.assume(caller != _bridge);
        vm.expectRevert(abi.encodeWithSelector(IAIToken.AITokenUnauthorizedBridge.selector, caller));
        vm.prank(caller);
        _token.crosschainMint(caller, amount);
    }

    function test_crosschainMint_revertsWhenBridgeWasRemovedMidFlight() public {
        _setLimits(_bridge, 0, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IAIToken.AITokenUnauthorizedBridge.selector, _bridge));
        _mint(7);
        _setLimits(_bridge, _IN, _OUT, _WINDOW);
        _mint(7);
        assertEq(_token.balanceOf(_bob.addr), 7);
    }

    function test_crosschainMint_revertsWhenOnlyLeavingIsOpen() public {
        _setLimits(_bridge, 0, _OUT, _WINDOW);
        _approve(7);
        _burn(7);
        _expectExceeded(7, 0);
        _mint(7);
    }

    function test_crosschainBurn() public {
        _approve(7);
        vm.expectEmit(address(_token));
        emit IERC7802.CrosschainBurn(_alice.addr, 7, _bridge);
        _burn(7);
        assertEq(_token.balanceOf(_alice.addr), _SUPPLY - 7);
        assertEq(_token.allowance(_alice.addr, _bridge), 0);
        _assertAvailable(_IN, _OUT - 7);
    }

    function test_crosschainBurn_ownTokensNeedNoAllowance() public {
        vm.prank(_alice.addr);
        assertTrue(_token.transfer(_bridge, 7));
        vm.prank(_bridge);
        _token.crosschainBurn(_bridge, 7);
        assertEq(_token.balanceOf(_bridge), 0);
    }

    function test_crosschainBurn_revertsWhenHolderDidNotApprove() public {
        _approve(6);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, _bridge, 6, 7)
        );
        _burn(7);
        _assertAvailable(_IN, _OUT);
    }

    function test_crosschainBurn_revertsWhenBucketIsShort() public {
        _approve(type(uint256).max);
        _burn(_OUT);
        _expectExceeded(1, 0);
        _burn(1);
        vm.warp(_START + 1);
        _burn(5);
        _assertAvailable(_IN, 0);
    }

    function test_crosschainBurn_revertsWhenCallerIsNoBridgeThoughApproved() public {
        vm.prank(_alice.addr);
        _token.approve(_mallory, 7);
        vm.expectRevert(abi.encodeWithSelector(IAIToken.AITokenUnauthorizedBridge.selector, _mallory));
        vm.prank(_mallory);
        _token.crosschainBurn(_alice.addr, 7);
    }

    /// Whatever the times and amounts, what passed since the first mint fits the bucket and its refill.
    function testFuzz_crosschainMint_neverExceedsCapacityAndRefill(
        uint8[16] memory waits,
        uint16[16] memory asks
    ) public {
        uint256 minted;
        for (uint256 i = 0; i < waits.length; ++i) {
            vm.warp(vm.getBlockTimestamp() + waits[i]);
            (uint256 available,) = _token.bridgeAvailable(_bridge);
            if (asks[i] > available) _expectExceeded(asks[i], available);
            else minted += asks[i];
            _mint(asks[i]);
            uint256 elapsed = vm.getBlockTimestamp() - _START;
            assertLe(minted, _IN + _IN * elapsed / _WINDOW);
        }
        assertEq(_token.totalSupply(), _SUPPLY + minted);
    }
}
