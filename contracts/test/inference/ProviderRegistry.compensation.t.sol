// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "../../src/inference/ChannelTypes.sol";
import {IProviderRegistry} from "../../src/inference/IProviderRegistry.sol";
import {Listing, SignedReceipt} from "../../src/inference/RegistryTypes.sol";
import {BondToken, RegistryFixture} from "./RegistryFixture.sol";

/// Where the share goes that a proof costs: to who paid the provider, at most what was paid, and into the fire.
contract ProviderRegistryCompensationTest is RegistryFixture {
    function test_proof_paysThePayerAndBurnsTheRest() public {
        uint256 id = _registered();
        Channel memory channel = _settled(1_000 ether);
        uint256 before = _token.balanceOf(_alice.addr);
        uint256 supply = _token.totalSupply();
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.SignerConvicted(id, _key.addr, _receipt(channel, 1, 0).channelId, 1);
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.ReceiptSignerChanged(id, address(0));
        bytes32 reason = _receiptDigest(_receipt(channel, 1, 10), address(_channels), block.chainid);
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.ProviderSlashed(id, _alice.addr, 50 ether, 0, reason);
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.ProviderSlashed(id, address(0), 150 ether, 0, reason);
        (uint256 slashed, uint256 compensation) = _submit(id, channel, _key.key);
        assertEq(slashed, 200 ether);
        assertEq(compensation, 50 ether);
        assertEq(_token.balanceOf(_alice.addr), before + 50 ether);
        assertEq(_token.balanceOf(_rita), 0);
        assertEq(_token.totalSupply(), supply - 150 ether);
        assertEq(_stateOf(id).bond, _BOND - 200 ether);
        assertEq(_token.balanceOf(address(_registry)), _BOND - 200 ether);
        assertEq(_stateOf(id).receiptSigner, address(0));
        assertTrue(_registry.signerTermOf(id, _key.addr).convicted);
    }

    /// A thief with the gateway's key is worth no more than what it paid as a customer.
    function test_proof_compensatesAtMostWhatTheChannelPaid() public {
        uint256 id = _registered();
        (uint256 slashed, uint256 compensation) = _submit(id, _settled(3), _key.key);
        assertEq(slashed, 200 ether);
        assertEq(compensation, 3);
    }

    /// What Alice paid somebody else says nothing about this provider. Nothing is moved, and nothing said, to her.
    function test_proof_compensatesNobodyOverOtherChannels() public {
        uint256 id = _registered();
        Channel memory channel = _channel();
        channel.payee = _mallory.addr;
        vm.prank(_alice.addr);
        _channels.open(channel.payee, channel.token, 1_000 ether, channel.salt, channel.authorizedSigner);
        _capture(channel, 1_000 ether);
        vm.recordLogs();
        (uint256 slashed, uint256 compensation) = _submit(id, channel, _key.key);
        assertEq(slashed, 200 ether);
        assertEq(compensation, 0);
        // One conviction, one change of the signer, one loss and its burning.
        assertEq(vm.getRecordedLogs().length, 4);
    }

    /// What a channel paid in another token says nothing about this one.
    function test_proof_compensatesNobodyInOtherTokens() public {
        uint256 id = _registered();
        BondToken other = new BondToken();
        other.mint(_alice.addr, 1_000 ether);
        Channel memory channel = _channel();
        channel.token = address(other);
        vm.startPrank(_alice.addr);
        other.approve(address(_channels), 1_000 ether);
        _channels.open(channel.payee, channel.token, 1_000 ether, channel.salt, channel.authorizedSigner);
        vm.stopPrank();
        _capture(channel, 1_000 ether);
        (uint256 slashed, uint256 compensation) = _submit(id, channel, _key.key);
        assertEq(slashed, 200 ether);
        assertEq(compensation, 0);
    }

    /// Another payee since then does not take a payer's compensation away.
    function test_proof_remembersPayees() public {
        uint256 id = _registered();
        Channel memory channel = _settled(1_000 ether);
        Listing memory listing = _listing();
        listing.payee = _paul;
        vm.prank(_paul);
        _registry.update(id, listing, "");
        (, uint256 compensation) = _submit(id, channel, _key.key);
        assertEq(compensation, 50 ether);
    }

    /// Whoever convicts itself over a channel of its own to skip the delay loses three quarters of what it takes out.
    function test_proof_isNoWayOut() public {
        uint256 id = _registered();
        Channel memory channel = _settled(10_000 ether);
        vm.prank(_paul);
        _registry.transferOwnership(id, _alice.addr);
        vm.prank(_alice.addr);
        _registry.acceptOwnership(id);
        (SignedReceipt memory first, SignedReceipt memory second) = _conflict(_key.key, channel);
        vm.prank(_alice.addr);
        (uint256 slashed, uint256 compensation) = _registry.slashWithProof(id, channel, first, second);
        assertEq(slashed, 200 ether);
        assertEq(compensation, 50 ether);
    }

    function testFuzz_proof_takesItsShareAndNoMore(uint96 bonded, uint96 leaving, uint128 paid) public {
        bonded = uint96(bound(bonded, 1, 1_000_000 ether));
        leaving = uint96(bound(leaving, 0, bonded));
        paid = uint128(bound(paid, 1, 10_000 ether));
        vm.startPrank(_paul);
        uint256 id = _registry.register(_listing(), "", bonded);
        if (leaving != 0) _registry.startUnbonding(id, leaving);
        vm.stopPrank();
        Channel memory channel = _settled(paid);
        (uint256 slashed, uint256 compensation) = _submit(id, channel, _key.key);
        assertEq(slashed, (uint256(bonded) + 4) / 5);
        assertLe(compensation, paid);
        assertLe(compensation, slashed / 4);
        assertEq(_stakeOf(id), bonded - slashed);
        assertEq(_token.balanceOf(address(_registry)), _stakeOf(id));
    }
}
