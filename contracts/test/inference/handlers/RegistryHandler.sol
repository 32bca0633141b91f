// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "../../../src/inference/ChannelTypes.sol";
import {Listing, ProviderState, SignedReceipt, SignerTerm} from "../../../src/inference/RegistryTypes.sol";
import {RegistryFixture} from "../RegistryFixture.sol";

/// Everything that owners, givers, slashers, reporters and Mallory do in a campaign, with books of what must follow.
contract RegistryHandler is RegistryFixture {
    address[3] private _owners = [makeAddr("olga"), makeAddr("oskar"), makeAddr("otto")];
    uint256 private _keys;
    uint256 private _donated;

    mapping(uint256 id => uint256 amount) private _in;
    mapping(uint256 id => uint256 amount) private _out;
    mapping(uint256 id => uint256 amount) private _lost;
    mapping(uint256 id => uint256 time) private _leaving;
    mapping(address signer => uint256 count) private _convictions;
    mapping(uint256 id => uint256[] keys) private _keysOf;

    /// Checks after every action, whatever it was, that the world is as the books say.
    modifier booked() {
        _;
        uint256 count = _registry.providerCount();
        for (uint256 id = 1; id <= count; ++id) {
            ProviderState memory provider = _stateOf(id);
            assertEq(_stakeOf(id), _in[id] - _out[id] - _lost[id], "a stake moved otherwise");
            assertEq(
                provider.unbonding == 0, provider.releaseAt == 0, "a release without something to release"
            );
            if (provider.unbonding != 0) {
                assertEq(provider.releaseAt, _leaving[id] + _DELAY, "a delay changed");
            }
            if (provider.receiptSigner != address(0)) {
                SignerTerm memory term = _registry.signerTermOf(id, provider.receiptSigner);
                assertTrue(term.since != 0 && term.until == 0 && !term.convicted, "a signer out of its term");
            }
        }
    }

    function setUp() public override {
        super.setUp();
        for (uint256 i = 0; i < _owners.length; ++i) {
            _fund(_owners[i]);
        }
        _settled(1_000 ether);
    }

    function actions() external pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](14);
        selectors[0] = this.register.selector;
        selectors[1] = this.bond.selector;
        selectors[2] = this.unbond.selector;
        selectors[3] = this.withdraw.selector;
        selectors[4] = this.rotate.selector;
        selectors[5] = this.deregister.selector;
        selectors[6] = this.handOver.selector;
        selectors[7] = this.slash.selector;
        selectors[8] = this.prove.selector;
        selectors[9] = this.proveAgain.selector;
        selectors[10] = this.warp.selector;
        selectors[11] = this.donate.selector;
        selectors[12] = this.attack.selector;
        selectors[13] = this.proveAcross.selector;
    }

    function owed() external view returns (uint256 sum) {
        for (uint256 id = 1; id <= _registry.providerCount(); ++id) {
            sum += _stakeOf(id);
        }
        sum += _donated;
    }

    function held() external view returns (uint256) {
        return _token.balanceOf(address(_registry));
    }

    /// Everybody leaves, and gets what the books say.
    function leaveEverything() external {
        for (uint256 id = 1; id <= _registry.providerCount(); ++id) {
            ProviderState memory provider = _stateOf(id);
            vm.startPrank(provider.owner);
            if (provider.bond != 0) _registry.startUnbonding(id, provider.bond);
            vm.warp(block.timestamp + _DELAY);
            uint256 stake = _stakeOf(id);
            if (stake != 0) {
                assertEq(_registry.withdrawBond(id, provider.owner), stake, "somebody stayed in");
            }
            vm.stopPrank();
        }
        assertEq(_token.balanceOf(address(_registry)), _donated, "the registry kept something");
    }

    function register(uint256 seed, uint256 amount) external booked {
        if (_registry.providerCount() == 8) return;
        amount = bound(amount, 0, 1_000 ether);
        vm.prank(_owners[seed % 3]);
        Listing memory listing = _next();
        uint256 id = _registry.register(listing, "", amount);
        _in[id] = amount;
        _keysOf[id].push(_keys);
    }

    function bond(uint256 seed, uint256 from, uint256 amount) external booked {
        (bool found, uint256 id) = _pick(seed);
        if (!found || _stateOf(id).deregistered) return;
        amount = bound(amount, 1, 1_000 ether);
        vm.prank(_owners[from % 3]);
        _registry.bond(id, amount);
        _in[id] += amount;
    }

    function unbond(uint256 seed, uint256 amount) external booked {
        (bool found, uint256 id) = _pick(seed);
        ProviderState memory provider = _stateOf(id);
        if (!found || provider.bond == 0) return;
        vm.prank(provider.owner);
        _registry.startUnbonding(id, bound(amount, 1, provider.bond));
        _leaving[id] = block.timestamp;
    }

    function withdraw(uint256 seed) external booked {
        (bool found, uint256 id) = _pick(seed);
        ProviderState memory provider = _stateOf(id);
        if (!found || provider.unbonding == 0 || block.timestamp < provider.releaseAt) return;
        assertGe(block.timestamp, _leaving[id] + _DELAY, "it left early");
        vm.prank(provider.owner);
        _out[id] += _registry.withdrawBond(id, provider.owner);
    }

    function rotate(uint256 seed) external booked {
        (bool found, uint256 id) = _pick(seed);
        ProviderState memory provider = _stateOf(id);
        if (!found || provider.deregistered) return;
        Listing memory listing = _next();
        vm.prank(provider.owner);
        _registry.update(id, listing, "");
        _keysOf[id].push(_keys);
    }

    function deregister(uint256 seed) external booked {
        (bool found, uint256 id) = _pick(seed);
        ProviderState memory provider = _stateOf(id);
        // Most stay, or there would be nobody to do anything with.
        if (!found || provider.deregistered || seed % 5 != 0) return;
        vm.prank(provider.owner);
        _registry.deregister(id);
        if (provider.bond != 0) _leaving[id] = block.timestamp;
    }

    function handOver(uint256 seed, uint256 to) external booked {
        (bool found, uint256 id) = _pick(seed);
        ProviderState memory provider = _stateOf(id);
        if (!found || provider.deregistered) return;
        vm.prank(provider.owner);
        _registry.transferOwnership(id, _owners[to % 3]);
        vm.prank(_owners[to % 3]);
        _registry.acceptOwnership(id);
    }

    function slash(uint256 seed, uint256 amount, bool burn) external booked {
        (bool found, uint256 id) = _pick(seed);
        uint256 stake = _stakeOf(id);
        if (!found || stake == 0) return;
        amount = bound(amount, 1, 2_000 ether);
        vm.prank(_sue);
        uint256 slashed = _registry.slash(id, amount, burn ? address(0) : _sue, 0);
        assertEq(slashed, amount < stake ? amount : stake, "a slash took something else");
        _lost[id] += slashed;
    }

    /// Two receipts of any key that ever signed for the provider.
    function prove(uint256 seed, uint256 which, uint64 sequence) public booked {
        (bool found, uint256 id) = _pick(seed);
        if (!found) return;
        uint256 key = _keysOf[id][which % _keysOf[id].length];
        uint256 stake = _stakeOf(id);
        bool counts = stake != 0 && _registry.isAccountable(id, vm.addr(key));
        (bool accepted, uint256 slashed) = _prove(id, key, key, sequence);
        assertEq(accepted, counts, "a proof was judged otherwise");
        if (!accepted) return;
        assertEq(slashed, (stake + 4) / 5, "a proof took something else");
        assertEq(++_convictions[vm.addr(key)], 1, "a key was convicted twice");
        _lost[id] += slashed;
    }

    function proveAgain(uint256 seed, uint256 which, uint64 sequence) external booked {
        (bool found, uint256 id) = _pick(seed);
        if (!found) return;
        uint256 key = _keysOf[id][which % _keysOf[id].length];
        if (_convictions[vm.addr(key)] == 0) return;
        (bool accepted,) = _prove(id, key, key, sequence);
        assertFalse(accepted, "a key was convicted twice");
    }

    function warp(uint256 time) external booked {
        vm.warp(block.timestamp + bound(time, 1, 10 days));
    }

    function donate(uint256 amount) external booked {
        amount = bound(amount, 1, 1 ether);
        _token.mint(address(_registry), amount);
        _donated += amount;
    }

    /// Mallory tries what must never work, in every state that a campaign reaches.
    function attack(uint256 seed) external booked {
        (bool found, uint256 id) = _pick(seed);
        if (!found) return;
        Listing memory listing = _listing();
        _attempt(abi.encodeCall(_registry.update, (id, listing, "")), "mallory published");
        _attempt(abi.encodeCall(_registry.deregister, (id)), "mallory took a provider off the list");
        _attempt(abi.encodeCall(_registry.transferOwnership, (id, _mallory.addr)), "mallory took a provider");
        _attempt(abi.encodeCall(_registry.acceptOwnership, (id)), "mallory accepted a provider");
        _attempt(abi.encodeCall(_registry.startUnbonding, (id, 1)), "mallory unbonded");
        _attempt(abi.encodeCall(_registry.withdrawBond, (id, _mallory.addr)), "mallory withdrew");
        _attempt(abi.encodeCall(_registry.slash, (id, 1, _mallory.addr, 0)), "mallory slashed");
        _attempt(abi.encodeCall(_registry.setAuthority, (_mallory.addr)), "mallory governs");
        (SignedReceipt memory first, SignedReceipt memory second) = _conflict(_mallory.key, _channel());
        _attempt(
            abi.encodeCall(_registry.slashWithProof, (id, _channel(), first, second)),
            "mallory forged a proof"
        );
        ProviderState memory provider = _stateOf(id);
        if (block.timestamp >= provider.releaseAt) return;
        vm.prank(provider.owner);
        (bool early,) = address(_registry).call(abi.encodeCall(_registry.withdrawBond, (id, provider.owner)));
        assertFalse(early, "an owner withdrew early");
    }

    function _attempt(bytes memory data, string memory crime) private {
        vm.prank(_mallory.addr);
        (bool success,) = address(_registry).call(data);
        assertFalse(success, crime);
    }

    /// Receipts of two keys of one provider.
    function proveAcross(uint256 seed, uint256 which, uint256 other, uint64 sequence) external booked {
        (bool found, uint256 id) = _pick(seed);
        if (!found) return;
        uint256 key = _keysOf[id][which % _keysOf[id].length];
        other = _keysOf[id][other % _keysOf[id].length];
        if (key == other) return;
        uint256 stake = _stakeOf(id);
        address signer = _stateOf(id).receiptSigner;
        bool counts = stake != 0 && _registry.isAccountable(id, vm.addr(key))
            && _registry.isAccountable(id, vm.addr(other));
        (bool accepted, uint256 slashed) = _prove(id, key, other, sequence);
        assertEq(accepted, counts, "a proof was judged otherwise");
        if (!accepted) return;
        assertEq(slashed, (stake + 4) / 5, "a proof took something else");
        assertEq(_stateOf(id).receiptSigner, signer, "a retired key convicted the signer");
        if (vm.addr(key) != signer) assertEq(++_convictions[vm.addr(key)], 1, "a key was convicted twice");
        if (vm.addr(other) != signer) {
            assertEq(++_convictions[vm.addr(other)], 1, "a key was convicted twice");
        }
        _lost[id] += slashed;
    }

    function _prove(uint256 id, uint256 key, uint256 other, uint64 sequence)
        private
        returns (bool accepted, uint256 slashed)
    {
        Channel memory channel = _channel();
        SignedReceipt memory first = _signed(key, _receipt(channel, sequence, 1));
        SignedReceipt memory second = _signed(other, _receipt(channel, sequence, 2));
        vm.prank(_rita);
        bytes memory result;
        (accepted, result) =
            address(_registry).call(abi.encodeCall(_registry.slashWithProof, (id, channel, first, second)));
        if (accepted) (slashed,) = abi.decode(result, (uint256, uint256));
    }

    function _pick(uint256 seed) private view returns (bool found, uint256 id) {
        uint256 count = _registry.providerCount();
        return count == 0 ? (false, 0) : (true, seed % count + 1);
    }

    /// A listing with a key that nobody had before.
    function _next() private returns (Listing memory listing) {
        listing = _listing();
        listing.receiptSigner = vm.addr(++_keys);
    }
}
