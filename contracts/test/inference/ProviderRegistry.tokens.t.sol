// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IProviderRegistry} from "../../src/inference/IProviderRegistry.sol";
import {SignedReceipt} from "../../src/inference/RegistryTypes.sol";
import {Reenterer} from "./Reenterer.sol";
import {BondToken, RegistryFixture} from "./RegistryFixture.sol";
import {ITransferHook} from "./TestTokens.sol";

/// Keeps one percent of every transfer, once it is told to.
contract GreedyToken is BondToken {
    function _update(address from, address to, uint256 value) internal override {
        uint256 fee = from == address(0) || to == address(0) ? 0 : value / 100;
        super._update(from, to, value - fee);
        if (fee != 0) super._update(from, address(1), fee);
    }
}

/// Brings one more than it was asked for.
contract GenerousToken is BondToken {
    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, from == address(0) ? value : value + 1);
    }
}

/// Calls one recipient at every transfer to it.
contract HookedBondToken is BondToken {
    address private immutable _HOOKED;

    constructor(address hooked) {
        _HOOKED = hooked;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (to == _HOOKED) ITransferHook(to).onTransfer();
    }
}

/// Bond tokens that do something else than moving what they are asked to.
contract ProviderRegistryTokensTest is RegistryFixture {
    function test_bond_refusesTokensThatTakeAFee() public {
        GreedyToken token = new GreedyToken();
        IProviderRegistry registry = _deploy(address(token), _DELAY);
        token.mint(_paul, 1_000);
        vm.startPrank(_paul);
        token.approve(address(registry), 1_000);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.RegistryDepositMismatch.selector, 100, 99));
        registry.register(_listing(), "", 100);
        vm.stopPrank();
    }

    function test_bond_refusesTokensThatBringMore() public {
        GenerousToken token = new GenerousToken();
        IProviderRegistry registry = _deploy(address(token), _DELAY);
        token.mint(_paul, 1_000);
        vm.startPrank(_paul);
        token.approve(address(registry), 1_000);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.RegistryDepositMismatch.selector, 100, 101));
        registry.register(_listing(), "", 100);
        vm.stopPrank();
    }

    /// Everything that moves tokens, entered while a bond is being paid out.
    function test_bonds_areGuarded() public {
        Reenterer reenterer = new Reenterer();
        _token = new HookedBondToken(address(reenterer));
        _registry = _deploy(address(_token), _DELAY);
        _fund(_paul);
        uint256 id = _registered();
        vm.prank(_paul);
        _registry.deregister(id);
        vm.warp(_START + _DELAY);
        SignedReceipt memory receipt;
        bytes[] memory calls = new bytes[](5);
        calls[0] = abi.encodeCall(_registry.register, (_listing(), "", 1));
        calls[1] = abi.encodeCall(_registry.bond, (id, 1));
        calls[2] = abi.encodeCall(_registry.withdrawBond, (id, _pauls));
        calls[3] = abi.encodeCall(_registry.slash, (id, 1, _sue, 0));
        calls[4] = abi.encodeCall(_registry.slashWithProof, (id, _channel(), receipt, receipt));
        for (uint256 i = 0; i < calls.length; ++i) {
            reenterer.arm(address(_registry), calls[i]);
            vm.prank(_paul);
            vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
            _registry.withdrawBond(id, address(reenterer));
        }
    }
}
