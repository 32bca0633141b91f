// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Session} from "../../src/inference/ChannelTypes.sol";
import {IChannelSessions} from "../../src/inference/IChannelSessions.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// What is left of a session that has been used and ends.
contract PaymentChannelsSessionsRevokeTest is ChannelFixture {
    address private _other = makeAddr("another token");

    function setUp() public override {
        super.setUp();
        vm.startPrank(_alice.addr);
        _channels.deposit(address(_token), 100 ether);
        _channels.setSession(_key.addr, _other, 5 ether, uint40(_START + 1 days), "root");
        vm.stopPrank();
        _setSession();
        _draw(1, 10 ether);
    }

    function _setSession() private {
        vm.prank(_alice.addr);
        _channels.setSession(_key.addr, address(_token), 10 ether, uint40(_START + 1 days), 0);
    }

    function _draw(uint256 salt, uint128 amount) private {
        vm.prank(_key.addr);
        _channels.openFromVaultWithSession(_channel(salt), amount, new bytes32[](0));
    }

    function _session(address token) private view returns (Session memory) {
        return _channels.getSession(_alice.addr, _key.addr, token);
    }

    function test_revokeSession_forgetsWhatWasUsed() public {
        vm.prank(_alice.addr);
        _channels.revokeSession(_key.addr, address(_token));
        assertEq(abi.encode(_session(address(_token))), new bytes(128));
        _setSession();
        _draw(2, 10 ether);
        assertEq(_session(address(_token)).used, 10 ether);
        vm.expectRevert(abi.encodeWithSelector(IChannelSessions.ChannelsSessionCapExceeded.selector, 1, 0));
        _draw(3, 1);
    }

    function test_revokeSession_leavesOtherTokensAndOwnersAlone() public {
        bytes memory before = abi.encode(_session(_other));
        vm.prank(_mallory);
        _channels.revokeSession(_key.addr, address(_token));
        assertEq(_session(address(_token)).used, 10 ether);
        vm.prank(_alice.addr);
        _channels.revokeSession(_key.addr, address(_token));
        assertEq(abi.encode(_session(_other)), before);
    }

    function test_revokeSession_keepsTheChannelsThatTheKeyOpened() public {
        vm.prank(_alice.addr);
        _channels.revokeSession(_key.addr, address(_token));
        assertEq(_settle(_channel(1), 10 ether), 10 ether);
    }
}
