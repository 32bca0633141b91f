// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "../../src/inference/ChannelTypes.sol";
import {SignedReceipt} from "../../src/inference/RegistryTypes.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

/// What whole transactions cost, calldata included, and that each stays under its ceiling.
contract ProviderRegistryGasTest is RegistryFixture {
    string private constant _GROUP = "ProviderRegistry";

    function setUp() public override {
        super.setUp();
        // The registry holds the token already, as it does from its second provider on.
        _registered();
    }

    function _snapshot(string memory name, uint256 ceiling) private {
        assertLe(vm.snapshotGasLastCall(_GROUP, name), ceiling, name);
    }

    function test_gas_register() public {
        _registered();
        _snapshot("register with a bond", 300_000);
    }

    function test_gas_update() public {
        _rotate(1, _nextKey.addr);
        _snapshot("update with another signer", 110_000);
    }

    function test_gas_bond() public {
        vm.prank(_alice.addr);
        _registry.bond(1, 1 ether);
        _snapshot("bond", 70_000);
    }

    function test_gas_unbondAndWithdraw() public {
        vm.prank(_paul);
        _registry.startUnbonding(1, 1 ether);
        _snapshot("startUnbonding", 65_000);
        vm.warp(_START + _DELAY);
        vm.prank(_paul);
        _registry.withdrawBond(1, _paul);
        _snapshot("withdrawBond", 55_000);
    }

    function test_gas_slash() public {
        vm.prank(_sue);
        _registry.slash(1, 1 ether, _sue, 0);
        _snapshot("slash", 90_000);
    }

    function test_gas_slashWithProof() public {
        Channel memory channel = _settled(1_000 ether);
        (SignedReceipt memory first, SignedReceipt memory second) = _conflict(_key.key, channel);
        vm.prank(_rita);
        _registry.slashWithProof(1, channel, first, second);
        _snapshot("slashWithProof", 160_000);
    }

    function test_size() public {
        uint256 size = address(_registry).code.length;
        vm.snapshotValue(_GROUP, "runtime bytes", size);
        assertLt(size, 22_000);
    }
}
