// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "../../src/inference/ChannelTypes.sol";
import {IProviderRegistry} from "../../src/inference/IProviderRegistry.sol";
import {Listing, SignedReceipt, UsageReceipt} from "../../src/inference/RegistryTypes.sol";
import {BondToken, RegistryFixture} from "./RegistryFixture.sol";

/// Two receipts for one number cost the provider a share of its bond, whoever tells.
contract ProviderRegistryProofTest is RegistryFixture {
    function _submit(uint256 id, Channel memory channel, uint256 key)
        private
        returns (uint256 slashed, uint256 compensation)
    {
        (SignedReceipt memory first, SignedReceipt memory second) = _conflict(key, channel);
        vm.prank(_rita);
        return _registry.slashWithProof(id, channel, first, second);
    }

    function _refuses(
        uint256 id,
        Channel memory channel,
        SignedReceipt memory first,
        SignedReceipt memory second
    ) private {
        vm.prank(_rita);
        _registry.slashWithProof(id, channel, first, second);
    }

    function _notAccountable(uint256 id, address signer) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IProviderRegistry.RegistrySignerNotAccountable.selector, id, signer);
    }

    function test_proof_paysThePayerAndBurnsTheRest() public {
        uint256 id = _registered();
        Channel memory channel = _settled(1_000 ether);
        uint256 before = _token.balanceOf(_alice.addr);
        uint256 supply = _token.totalSupply();
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.SignerConvicted(id, _key.addr, _receipt(channel, 1, 0).channelId, 1);
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.ReceiptSignerChanged(id, address(0));
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

    function test_proof_compensatesNobodyOverOtherChannels() public {
        uint256 id = _registered();
        Channel memory channel = _channel();
        channel.payee = _mallory.addr;
        (uint256 slashed, uint256 compensation) = _submit(id, channel, _key.key);
        assertEq(slashed, 200 ether);
        assertEq(compensation, 0);
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

    function test_proof_convictsAKeyOnce() public {
        uint256 id = _registered();
        Channel memory channel = _settled(1_000 ether);
        _submit(id, channel, _key.key);
        (SignedReceipt memory first, SignedReceipt memory second) = _conflict(_key.key, channel);
        vm.expectRevert(_notAccountable(id, _key.addr));
        _refuses(id, channel, first, second);
        vm.expectRevert(_notAccountable(id, _key.addr));
        _refuses(id, channel, second, first);
        // Nor for another number, or with one receipt that was not used yet.
        first = _signed(_key.key, _receipt(channel, 2, 1));
        second = _signed(_key.key, _receipt(channel, 2, 2));
        vm.expectRevert(_notAccountable(id, _key.addr));
        _refuses(id, channel, first, second);
    }

    function test_proof_theNextKeyAnswersForItself() public {
        uint256 id = _registered();
        Channel memory channel = _settled(1_000 ether);
        _submit(id, channel, _key.key);
        _rotate(id, _nextKey.addr);
        (uint256 slashed,) = _submit(id, channel, _nextKey.key);
        assertEq(slashed, 160 ether);
    }

    function test_proof_reachesAcrossARotation() public {
        uint256 id = _registered();
        Channel memory channel = _settled(1_000 ether);
        _rotate(id, _nextKey.addr);
        SignedReceipt memory first = _signed(_key.key, _receipt(channel, 1, 10));
        SignedReceipt memory second = _signed(_nextKey.key, _receipt(channel, 1, 20));
        _refuses(id, channel, first, second);
        assertTrue(_registry.signerTermOf(id, _key.addr).convicted);
        assertTrue(_registry.signerTermOf(id, _nextKey.addr).convicted);
        assertEq(_stateOf(id).receiptSigner, address(0));
        assertEq(_stateOf(id).bond, 800 ether);
    }

    function test_proof_reachesWhoRotatedAndWhoLeft() public {
        uint256 id = _registered();
        Channel memory channel = _settled(1_000 ether);
        _rotate(id, _nextKey.addr);
        vm.prank(_paul);
        _registry.deregister(id);
        vm.warp(_START + _DELAY - 1);
        (uint256 slashed,) = _submit(id, channel, _key.key);
        assertEq(slashed, 200 ether);
        assertEq(_stateOf(id).unbonding, 800 ether);
        (SignedReceipt memory first, SignedReceipt memory second) = _conflict(_nextKey.key, channel);
        vm.warp(_START + _DELAY);
        vm.expectRevert(_notAccountable(id, _nextKey.addr));
        _refuses(id, channel, first, second);
    }

    /// Mallory registers Paul's key with a bond of dust, to use up the proof against it.
    function test_proof_aDecoyUsesNothingUp() public {
        uint256 id = _registered();
        Channel memory channel = _settled(1_000 ether);
        vm.prank(_mallory.addr);
        uint256 decoy = _registry.register(_listing(), "", 1);
        (uint256 slashed,) = _submit(decoy, channel, _key.key);
        assertEq(slashed, 1);
        (slashed,) = _submit(id, channel, _key.key);
        assertEq(slashed, 200 ether);
    }

    function test_proof_refusesReceiptsThatAgree() public {
        uint256 id = _registered();
        Channel memory channel = _settled(1_000 ether);
        SignedReceipt memory one = _signed(_key.key, _receipt(channel, 1, 10));
        SignedReceipt memory next = _signed(_key.key, _receipt(channel, 2, 20));
        vm.expectRevert(IProviderRegistry.RegistryReceiptsAgree.selector);
        _refuses(id, channel, one, one);
        vm.expectRevert(IProviderRegistry.RegistryReceiptsAgree.selector);
        _refuses(id, channel, one, next);
        Channel memory other = _channel();
        other.salt = 0;
        SignedReceipt memory elsewhere = _signed(_key.key, _receipt(other, 1, 20));
        vm.expectRevert(IProviderRegistry.RegistryReceiptsAgree.selector);
        _refuses(id, channel, one, elsewhere);
        vm.expectRevert(
            abi.encodeWithSelector(
                IProviderRegistry.RegistryChannelMismatch.selector,
                elsewhere.receipt.channelId,
                one.receipt.channelId
            )
        );
        _refuses(id, channel, elsewhere, one);
    }

    function test_proof_refusesForgeries() public {
        uint256 id = _registered();
        Channel memory channel = _settled(1_000 ether);
        (SignedReceipt memory first, SignedReceipt memory second) = _conflict(_key.key, channel);
        SignedReceipt memory forged = _signed(_mallory.key, second.receipt);
        vm.expectRevert(_notAccountable(id, _mallory.addr));
        _refuses(id, channel, first, forged);
        forged.signature = hex"1234";
        vm.expectRevert(_notAccountable(id, address(0)));
        _refuses(id, channel, forged, first);
        // A signature for another chain, or other channels, says nothing here.
        for (uint256 i = 0; i < 2; ++i) {
            address channels = i == 0 ? address(_channels) : _mallory.addr;
            bytes32 digest = _receiptDigest(second.receipt, channels, block.chainid + 1 - i);
            forged = SignedReceipt(second.receipt, _sign(_key.key, digest));
            vm.prank(_rita);
            (bool accepted,) = address(_registry)
                .call(abi.encodeCall(_registry.slashWithProof, (id, channel, first, forged)));
            assertFalse(accepted);
        }
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.RegistryUnknown.selector, 9));
        _refuses(9, channel, first, second);
    }

    function test_proof_needsSomethingToTake() public {
        vm.prank(_paul);
        uint256 id = _registry.register(_listing(), "", 0);
        Channel memory channel = _settled(1_000 ether);
        (SignedReceipt memory first, SignedReceipt memory second) = _conflict(_key.key, channel);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.RegistryNothingBonded.selector, id));
        _refuses(id, channel, first, second);
        assertEq(_stateOf(id).receiptSigner, _key.addr);
    }

    function test_proof_aConvictedKeyNeverReturns() public {
        uint256 id = _registered();
        _submit(id, _settled(1_000 ether), _key.key);
        Listing memory listing = _listing();
        vm.prank(_paul);
        vm.expectRevert(
            abi.encodeWithSelector(IProviderRegistry.RegistrySignerRetired.selector, id, _key.addr)
        );
        _registry.update(id, listing, "");
    }

    /// Nobody signs any more, so leaving says nothing about signers.
    function test_proof_leavesNobodyToRetire() public {
        uint256 id = _registered();
        _submit(id, _settled(1_000 ether), _key.key);
        vm.recordLogs();
        vm.prank(_paul);
        _registry.deregister(id);
        assertEq(vm.getRecordedLogs().length, 2);
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

    function testFuzz_proof_anyDifferenceConvicts(UsageReceipt memory one, UsageReceipt memory two) public {
        uint256 id = _registered();
        Channel memory channel = _settled(1_000 ether);
        one.channelId = _receipt(channel, 0, 0).channelId;
        (two.channelId, two.sequence) = (one.channelId, one.sequence);
        vm.assume(keccak256(abi.encode(one)) != keccak256(abi.encode(two)));
        SignedReceipt memory first = _signed(_key.key, one);
        SignedReceipt memory second = _signed(_key.key, two);
        _refuses(id, channel, first, second);
        assertEq(_stakeOf(id), 800 ether);
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
