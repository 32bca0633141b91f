// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {AITokenFixture} from "./AITokenFixture.sol";

/// A bridge that used much and may then do little.
contract AITokenBridgeLoweredTest is AITokenFixture {
    uint48 private constant _WINDOW = 100;

    function setUp() public override {
        super.setUp();
        _setLimits(_bridge, 1000, 1000, _WINDOW);
        vm.prank(_bridge);
        _token.crosschainMint(_bob.addr, 1000);
        _setLimits(_bridge, 100, 100, _WINDOW);
    }

    function _available() private view returns (uint256 inbound) {
        (inbound,) = _token.bridgeAvailable(_bridge);
    }

    function test_setBridgeLimits_loweredWaitsForTheExcess() public {
        vm.warp(_START + 9 * _WINDOW);
        assertEq(_available(), 0);
        vm.warp(_START + 9 * _WINDOW + 1);
        assertEq(_available(), 1);
        vm.warp(_START + 10 * _WINDOW);
        assertEq(_available(), 100);
    }

    /// The way out for an administrator: the same capacity over a shorter window, for a while.
    function test_setBridgeLimits_shorterWindowEndsTheWait() public {
        _setLimits(_bridge, 100, 100, 1);
        vm.warp(_START + 10);
        _setLimits(_bridge, 100, 100, _WINDOW);
        assertEq(_available(), 100);
    }
}
