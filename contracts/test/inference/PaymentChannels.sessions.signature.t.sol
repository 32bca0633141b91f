// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "../../src/inference/ChannelTypes.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {IChannelSessions} from "../../src/inference/IChannelSessions.sol";
import {IPaymentChannels} from "../../src/inference/IPaymentChannels.sol";
import {ChannelFixture} from "./ChannelFixture.sol";
import {ContractWallet} from "./ContractWallet.sol";

/// Opening from a vault by a signature of its owner or of a session key, sent by anybody.
contract PaymentChannelsSessionsSignatureTest is ChannelFixture {
    string private constant _OPEN = "OpenFromVault(bytes32 channelId,uint128 amount,uint256 deadline)";
    uint256 private constant _DEADLINE = _START + 1 hours;

    function setUp() public override {
        super.setUp();
        vm.startPrank(_alice.addr);
        _channels.deposit(address(_token), 1000 ether);
        _channels.setSession(_key.addr, address(_token), 10 ether, uint40(_START + 1 days), 0);
        vm.stopPrank();
    }

    function _signOpen(uint256 key, Channel memory channel, uint256 amount)
        private
        view
        returns (bytes memory)
    {
        return _sign(key, _hash(_consentHash(_OPEN, _idOf(channel), amount, _DEADLINE)));
    }

    function _relay(Channel memory channel, uint128 amount, address signer, bytes memory signature) private {
        vm.prank(_rita);
        _channels.openFromVaultWithSignature(channel, amount, signer, _DEADLINE, signature, new bytes32[](0));
    }

    function _used() private view returns (uint256) {
        return _channels.getSession(_alice.addr, _key.addr, address(_token)).used;
    }

    function test_openFromVaultWithSignature_ofTheOwner() public {
        _relay(_channel(1), 50 ether, _alice.addr, _signOpen(_alice.key, _channel(1), 50 ether));
        vm.snapshotGasLastCall("PaymentChannels", "openFromVaultWithSignature");
        assertEq(_stateOf(_channel(1)).deposit, 50 ether);
        assertEq(_used(), 0);
    }

    function test_openFromVaultWithSignature_ofASessionKeyCounts() public {
        _relay(_channel(1), 4 ether, _key.addr, _signOpen(_key.key, _channel(1), 4 ether));
        assertEq(_used(), 4 ether);
        bytes memory signature = _signOpen(_key.key, _channel(2), 7 ether);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelSessions.ChannelsSessionCapExceeded.selector, 7 ether, 6 ether)
        );
        _relay(_channel(2), 7 ether, _key.addr, signature);
    }

    function test_openFromVaultWithSignature_ofAnotherOwnersKeyDrawsNothing() public {
        Account memory eve = makeAccount("eve");
        vm.prank(_mallory);
        _channels.setSession(eve.addr, address(_token), 10 ether, uint40(_START + 1 days), 0);
        bytes memory signature = _signOpen(eve.key, _channel(1), 1 ether);
        vm.expectRevert(
            abi.encodeWithSelector(
                IChannelSessions.ChannelsSessionUnknown.selector, _alice.addr, eve.addr, address(_token)
            )
        );
        _relay(_channel(1), 1 ether, eve.addr, signature);
    }

    function test_openFromVaultWithSignature_cannotBeReplayed() public {
        bytes memory signature = _signOpen(_alice.key, _channel(1), 50 ether);
        _relay(_channel(1), 50 ether, _alice.addr, signature);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsAlreadyOpened.selector, _idOf(_channel(1)))
        );
        _relay(_channel(1), 50 ether, _alice.addr, signature);
        vm.prank(_paul.addr);
        _channels.close(_channel(1), 0, 0, "");
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsAlreadyOpened.selector, _idOf(_channel(1)))
        );
        _relay(_channel(1), 50 ether, _alice.addr, signature);
    }

    function test_openFromVaultWithSignature_worksUntilTheDeadline() public {
        bytes memory signature = _signOpen(_alice.key, _channel(1), 50 ether);
        vm.warp(_DEADLINE + 1);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsSignatureExpired.selector, _DEADLINE));
        _relay(_channel(1), 50 ether, _alice.addr, signature);
        vm.warp(_DEADLINE);
        _relay(_channel(1), 50 ether, _alice.addr, signature);
    }

    /// Mallory redirects, or changes the amount.
    function testFuzz_openFromVaultWithSignature_bindsEverything(uint96 amount, address payee, bytes32 salt)
        public
    {
        vm.assume(amount != 0 && payee != address(0));
        bytes memory signature = _signOpen(_alice.key, _channel(1), 50 ether);
        Channel memory altered = _channel(1);
        (altered.payee, altered.salt) = (payee, salt);
        vm.assume(_idOf(altered) != _idOf(_channel(1)) || amount != 50 ether);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsInvalidSignature.selector, _alice.addr));
        _relay(altered, amount, _alice.addr, signature);
    }

    function test_openFromVaultWithSignature_revertsWhenSignerIsZero() public {
        bytes memory nobody = new bytes(65);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsInvalidSignature.selector, address(0)));
        _relay(_channel(1), 1 ether, address(0), nobody);
    }

    function test_openFromVaultWithSignature_cannotBeReplayedOnAnotherContract() public {
        IPaymentChannels other = IPaymentChannels(
            deployCode("PaymentChannels.sol:PaymentChannels", abi.encode(address(_manager)))
        );
        vm.startPrank(_alice.addr);
        _token.approve(address(other), type(uint256).max);
        other.deposit(address(_token), 100 ether);
        vm.stopPrank();
        bytes memory signature = _signOpen(_alice.key, _channel(1), 50 ether);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsInvalidSignature.selector, _alice.addr));
        other.openFromVaultWithSignature(
            _channel(1), 50 ether, _alice.addr, _DEADLINE, signature, new bytes32[](0)
        );
    }

    function test_openFromVaultWithSignature_ofAContractOwner() public {
        ContractWallet wallet = new ContractWallet(_alice.addr);
        _fund(address(wallet));
        vm.prank(address(wallet));
        _channels.deposit(address(_token), 100 ether);
        Channel memory channel = _channel(1);
        channel.payer = address(wallet);
        _relay(channel, 50 ether, address(wallet), _signOpen(_alice.key, channel, 50 ether));
        assertEq(_channels.vaultBalanceOf(address(wallet), address(_token)), 50 ether);
    }
}
