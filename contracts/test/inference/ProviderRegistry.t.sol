// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IProviderRegistry} from "../../src/inference/IProviderRegistry.sol";
import {Listing, ProviderState, SignerTerm} from "../../src/inference/RegistryTypes.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

/// What providers publish, and who may change it.
contract ProviderRegistryTest is RegistryFixture {
    function test_register_publishesAndBonds() public {
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.ProviderRegistered(1, _paul);
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.ProviderListed(
            1, _pauls, keccak256("manifest"), "https://paul.example", "ipfs://manifest"
        );
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.ReceiptSignerChanged(1, _key.addr);
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.BondAdded(1, _paul, _BOND);
        uint256 id = _registered();

        ProviderState memory provider = _stateOf(id);
        assertEq(provider.id, 1);
        assertEq(provider.owner, _paul);
        assertEq(provider.payee, _pauls);
        assertEq(provider.receiptSigner, _key.addr);
        assertEq(provider.registeredAt, _START);
        assertEq(provider.bond, _BOND);
        assertEq(provider.manifestDigest, keccak256("manifest"));
        assertEq(provider.endpoint, "https://paul.example");
        assertEq(_token.balanceOf(address(_registry)), _BOND);
        assertTrue(_registry.wasPayee(id, _pauls));
        assertFalse(_registry.wasPayee(id, _paul));
        assertEq(_registry.signerTermOf(id, address(0)).until, 0, "nobody had a term");
    }

    function test_register_withoutBond() public {
        vm.prank(_mallory.addr);
        assertEq(_registry.register(_listing(), "", 0), 1);
        assertEq(_stakeOf(1), 0);
    }

    function test_register_takesTheLongestTexts() public {
        Listing memory listing = _listing();
        listing.endpoint = string(new bytes(256));
        vm.prank(_paul);
        uint256 id = _registry.register(listing, string(new bytes(1024)), 0);
        assertEq(bytes(_stateOf(id).endpoint).length, 256);
    }

    function test_register_refusesWhatCannotBe() public {
        Listing memory listing = _listing();
        listing.endpoint = "";
        _refusesListing(listing, "", abi.encodeWithSelector(_endpoint(), 0, 256));
        listing.endpoint = string(new bytes(257));
        _refusesListing(listing, "", abi.encodeWithSelector(_endpoint(), 257, 256));
        listing.endpoint = string(new bytes(256));
        bytes memory error = abi.encodeWithSelector(IProviderRegistry.RegistryUriTooLong.selector, 1025, 1024);
        _refusesListing(listing, string(new bytes(1025)), error);
        for (uint256 i = 0; i < 2; ++i) {
            address wrong = i == 0 ? address(0) : address(_registry);
            error = abi.encodeWithSelector(IProviderRegistry.RegistryAddressInvalid.selector, wrong);
            listing = _listing();
            listing.payee = wrong;
            _refusesListing(listing, "", error);
            listing = _listing();
            listing.receiptSigner = wrong;
            _refusesListing(listing, "", error);
        }
    }

    function _endpoint() private pure returns (bytes4) {
        return IProviderRegistry.RegistryEndpointInvalid.selector;
    }

    function _refusesListing(Listing memory listing, string memory uri, bytes memory error) private {
        vm.prank(_paul);
        vm.expectRevert(error);
        _registry.register(listing, uri, 0);
    }

    function test_update_replacesEverything() public {
        uint256 id = _registered();
        Listing memory listing = Listing(_paul, _nextKey.addr, keccak256("next"), "https://next.example");
        vm.warp(_START + 100);
        vm.prank(_paul);
        _registry.update(id, listing, "ipfs://next");
        ProviderState memory provider = _stateOf(id);
        assertEq(provider.payee, _paul);
        assertEq(provider.receiptSigner, _nextKey.addr);
        assertEq(provider.manifestDigest, keccak256("next"));
        assertEq(provider.endpoint, "https://next.example");
        assertEq(provider.bond, _BOND);
        assertTrue(_registry.wasPayee(id, _pauls));
        assertTrue(_registry.wasPayee(id, _paul));
    }

    function test_signers_haveOneTermEach() public {
        uint256 id = _registered();
        vm.warp(_START + 100);
        _rotate(id, _nextKey.addr);
        assertFalse(_registry.isReceiptSigner(id, _key.addr, _START - 1));
        assertTrue(_registry.isReceiptSigner(id, _key.addr, _START));
        assertTrue(_registry.isReceiptSigner(id, _key.addr, _START + 99));
        assertFalse(_registry.isReceiptSigner(id, _key.addr, _START + 100));
        assertFalse(_registry.isReceiptSigner(id, _nextKey.addr, _START + 99));
        assertTrue(_registry.isReceiptSigner(id, _nextKey.addr, _START + 100));
        assertFalse(_registry.isReceiptSigner(id, _mallory.addr, _START));
        SignerTerm memory term = _registry.signerTermOf(id, _key.addr);
        assertEq(term.since, _START);
        assertEq(term.until, _START + 100);

        Listing memory listing = _listing();
        bytes memory retired =
            abi.encodeWithSelector(IProviderRegistry.RegistrySignerRetired.selector, id, _key.addr);
        vm.prank(_paul);
        vm.expectRevert(retired);
        _registry.update(id, listing, "");
    }

    function test_signers_answerForOneDelayAfterTheirTerm() public {
        uint256 id = _registered();
        vm.warp(_START + 100);
        _rotate(id, _nextKey.addr);
        vm.warp(_START + 100 + _DELAY - 1);
        assertTrue(_registry.isAccountable(id, _key.addr));
        assertTrue(_registry.isAccountable(id, _nextKey.addr));
        vm.warp(_START + 100 + _DELAY);
        assertFalse(_registry.isAccountable(id, _key.addr));
        assertTrue(_registry.isAccountable(id, _nextKey.addr));
        assertFalse(_registry.isAccountable(id, _mallory.addr));
    }

    function test_deregister_isFinal() public {
        uint256 id = _registered();
        vm.prank(_paul);
        _registry.transferOwnership(id, _mallory.addr);
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.ReceiptSignerChanged(id, address(0));
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.ProviderDeregistered(id);
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.UnbondingStarted(id, _BOND, _START + _DELAY);
        vm.prank(_paul);
        _registry.deregister(id);
        ProviderState memory provider = _stateOf(id);
        assertTrue(provider.deregistered);
        assertEq(provider.endpoint, "");
        assertEq(provider.receiptSigner, address(0));
        assertEq(provider.pendingOwner, address(0));
        assertEq(provider.bond, 0);
        assertEq(provider.unbonding, _BOND);
        assertEq(provider.releaseAt, _START + _DELAY);
        assertTrue(_registry.isAccountable(id, _key.addr));

        bytes memory gone = abi.encodeWithSelector(IProviderRegistry.RegistryDeregistered.selector, id);
        vm.startPrank(_paul);
        vm.expectRevert(gone);
        _registry.update(id, _listing(), "");
        vm.expectRevert(gone);
        _registry.bond(id, 1);
        vm.expectRevert(gone);
        _registry.deregister(id);
        vm.expectRevert(gone);
        _registry.transferOwnership(id, _alice.addr);
        vm.stopPrank();
        vm.prank(_mallory.addr);
        vm.expectRevert(gone);
        _registry.acceptOwnership(id);
    }

    function test_deregister_withoutBond() public {
        vm.startPrank(_paul);
        uint256 id = _registry.register(_listing(), "", 0);
        _registry.deregister(id);
        vm.stopPrank();
        assertTrue(_stateOf(id).deregistered);
        assertEq(_stateOf(id).releaseAt, 0);
    }

    function test_transfer_takesTwoSteps() public {
        uint256 id = _registered();
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.ProviderOffered(id, _paul, _alice.addr);
        vm.prank(_paul);
        _registry.transferOwnership(id, _alice.addr);
        assertEq(_stateOf(id).owner, _paul);
        assertEq(_stateOf(id).pendingOwner, _alice.addr);
        vm.prank(_mallory.addr);
        vm.expectRevert(
            abi.encodeWithSelector(
                IProviderRegistry.RegistryNotPendingOwner.selector, _mallory.addr, _alice.addr
            )
        );
        _registry.acceptOwnership(id);
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.ProviderTransferred(id, _paul, _alice.addr);
        vm.prank(_alice.addr);
        _registry.acceptOwnership(id);
        assertEq(_stateOf(id).owner, _alice.addr);
        assertEq(_stateOf(id).pendingOwner, address(0));
        vm.prank(_paul);
        vm.expectRevert(
            abi.encodeWithSelector(IProviderRegistry.RegistryNotOwner.selector, _paul, _alice.addr)
        );
        _registry.startUnbonding(id, 1);
    }

    function test_transfer_canBeTakenBack() public {
        uint256 id = _registered();
        vm.startPrank(_paul);
        _registry.transferOwnership(id, _mallory.addr);
        _registry.transferOwnership(id, address(0));
        vm.stopPrank();
        vm.prank(_mallory.addr);
        vm.expectRevert(
            abi.encodeWithSelector(
                IProviderRegistry.RegistryNotPendingOwner.selector, _mallory.addr, address(0)
            )
        );
        _registry.acceptOwnership(id);
    }

    function test_onlyTheOwnerChangesAProvider() public {
        uint256 id = _registered();
        bytes memory refused =
            abi.encodeWithSelector(IProviderRegistry.RegistryNotOwner.selector, _mallory.addr, _paul);
        vm.startPrank(_mallory.addr);
        vm.expectRevert(refused);
        _registry.update(id, _listing(), "");
        vm.expectRevert(refused);
        _registry.deregister(id);
        vm.expectRevert(refused);
        _registry.transferOwnership(id, _mallory.addr);
        vm.expectRevert(refused);
        _registry.startUnbonding(id, 1);
        vm.expectRevert(refused);
        _registry.withdrawBond(id, _mallory.addr);
        vm.stopPrank();
    }

    function test_unknownProvidersAreNobodys() public {
        bytes memory unknown = abi.encodeWithSelector(IProviderRegistry.RegistryUnknown.selector, 1);
        vm.startPrank(address(0));
        vm.expectRevert(unknown);
        _registry.update(1, _listing(), "");
        vm.expectRevert(unknown);
        _registry.acceptOwnership(1);
        vm.expectRevert(unknown);
        _registry.bond(1, 1);
        vm.expectRevert(unknown);
        _registry.startUnbonding(1, 1);
        vm.expectRevert(unknown);
        _registry.withdrawBond(1, _paul);
        vm.stopPrank();
        assertEq(_stateOf(1).owner, address(0));
    }

    function test_getProviders_pages() public {
        for (uint256 i = 0; i < 5; ++i) {
            _registered();
        }
        assertEq(_registry.providerCount(), 5);
        assertEq(_registry.getProviders(0, 100).length, 5);
        ProviderState[] memory page = _registry.getProviders(4, 100);
        assertEq(page.length, 2);
        assertEq(page[0].id, 4);
        assertEq(page[1].id, 5);
        page = _registry.getProviders(2, 2);
        assertEq(page.length, 2);
        assertEq(page[1].id, 3);
        assertEq(_registry.getProviders(5, 1)[0].id, 5);
        assertEq(_registry.getProviders(6, 1).length, 0);
        assertEq(_registry.getProviders(type(uint256).max, type(uint256).max).length, 0);
    }

    function testFuzz_listing_readsBack(Listing memory listing, string calldata uri) public {
        vm.assume(bytes(listing.endpoint).length > 0 && bytes(listing.endpoint).length <= 256);
        vm.assume(bytes(uri).length <= 1024);
        vm.assume(listing.payee != address(0) && listing.payee != address(_registry));
        vm.assume(listing.receiptSigner != address(0) && listing.receiptSigner != address(_registry));
        vm.prank(_paul);
        uint256 id = _registry.register(listing, uri, 0);
        ProviderState memory provider = _stateOf(id);
        assertEq(provider.endpoint, listing.endpoint);
        assertEq(provider.payee, listing.payee);
        assertEq(provider.receiptSigner, listing.receiptSigner);
        assertEq(provider.manifestDigest, listing.manifestDigest);
    }
}
