// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "../../src/inference/ChannelTypes.sol";
import {IProviderRegistry} from "../../src/inference/IProviderRegistry.sol";
import {Listing, SignedReceipt, UsageReceipt} from "../../src/inference/RegistryTypes.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

/// Two receipts for one number cost the provider a share of its bond, whoever tells.
contract ProviderRegistryProofTest is RegistryFixture {
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

    /// Paul saw that Mallory stole his key, and rotated. She contradicts what the next key signed, in either order.
    function testFuzz_proof_malloryCannotConvictTheSignerWithARetiredKey(bool swapped) public {
        uint256 id = _registered();
        Channel memory channel = _settled(1_000 ether);
        _rotate(id, _nextKey.addr);
        vm.warp(_START + _DELAY - 1);
        SignedReceipt memory honest = _signed(_nextKey.key, _receipt(channel, 1, 10));
        SignedReceipt memory forged = _signed(_key.key, _receipt(channel, 1, 20));
        if (swapped) (honest, forged) = (forged, honest);
        vm.recordLogs();
        vm.prank(_mallory.addr);
        (uint256 slashed,) = _registry.slashWithProof(id, channel, honest, forged);
        assertEq(slashed, 200 ether);
        assertTrue(_registry.signerTermOf(id, _key.addr).convicted);
        assertFalse(_registry.signerTermOf(id, _nextKey.addr).convicted);
        assertTrue(_registry.isReceiptSigner(id, _nextKey.addr, block.timestamp));
        assertEq(_stateOf(id).receiptSigner, _nextKey.addr);
        // One conviction, two losses and what the token says of each; nothing about the signer.
        assertEq(vm.getRecordedLogs().length, 5);
        // The stolen key is spent, for this number and any other.
        vm.prank(_mallory.addr);
        vm.expectRevert(_notAccountable(id, _key.addr));
        _registry.slashWithProof(id, channel, honest, forged);
        // What the next key says against itself still counts.
        (slashed,) = _submit(id, channel, _nextKey.key);
        assertEq(slashed, 160 ether);
        assertEq(_stateOf(id).receiptSigner, address(0));
    }

    function test_proof_convictsBothWhenBothAreRetired() public {
        uint256 id = _registered();
        Channel memory channel = _settled(1_000 ether);
        _rotate(id, _nextKey.addr);
        _rotate(id, makeAddr("the third key of paul's gateway"));
        address third = _stateOf(id).receiptSigner;
        SignedReceipt memory first = _signed(_key.key, _receipt(channel, 1, 10));
        SignedReceipt memory second = _signed(_nextKey.key, _receipt(channel, 1, 20));
        _refuses(id, channel, first, second);
        assertTrue(_registry.signerTermOf(id, _key.addr).convicted);
        assertTrue(_registry.signerTermOf(id, _nextKey.addr).convicted);
        assertEq(_stateOf(id).receiptSigner, third);
        assertEq(_stateOf(id).bond, 800 ether);
    }

    /// Who left has no signer to spare.
    function test_proof_convictsBothWhenTheProviderLeft() public {
        uint256 id = _registered();
        _rotate(id, _nextKey.addr);
        vm.prank(_paul);
        _registry.deregister(id);
        SignedReceipt memory first = _signed(_key.key, _receipt(_channel(), 1, 10));
        SignedReceipt memory second = _signed(_nextKey.key, _receipt(_channel(), 1, 20));
        _refuses(id, _channel(), first, second);
        assertTrue(_registry.signerTermOf(id, _key.addr).convicted);
        assertTrue(_registry.signerTermOf(id, _nextKey.addr).convicted);
        assertEq(_stakeOf(id), 800 ether);
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

    /// The key that signs now has nothing to do with what the one before it signed.
    function test_proof_leavesTheNextKeyAlone() public {
        uint256 id = _registered();
        _rotate(id, _nextKey.addr);
        _submit(id, _channel(), _key.key);
        assertTrue(_registry.signerTermOf(id, _key.addr).convicted);
        assertFalse(_registry.signerTermOf(id, _nextKey.addr).convicted);
        assertEq(_stateOf(id).receiptSigner, _nextKey.addr);
        assertTrue(_registry.isReceiptSigner(id, _nextKey.addr, block.timestamp));
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

    /// Where the chain splits in two, each side judges what was signed for it.
    function test_proof_followsTheChain() public {
        uint256 id = _registered();
        (SignedReceipt memory first, SignedReceipt memory second) = _conflict(_key.key, _channel());
        vm.chainId(block.chainid + 1);
        vm.prank(_rita);
        vm.expectPartialRevert(IProviderRegistry.RegistryChannelMismatch.selector);
        _registry.slashWithProof(id, _channel(), first, second);
        (uint256 slashed,) = _submit(id, _channel(), _key.key);
        assertEq(slashed, 200 ether);
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
}
