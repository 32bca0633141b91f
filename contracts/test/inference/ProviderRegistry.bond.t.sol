// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IPaymentChannels} from "../../src/inference/IPaymentChannels.sol";
import {IProviderRegistry} from "../../src/inference/IProviderRegistry.sol";
import {ProviderState} from "../../src/inference/RegistryTypes.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

/// Bonds in, out after the delay, and lost.
contract ProviderRegistryBondTest is RegistryFixture {
    function test_bond_anybodyMayAdd() public {
        uint256 id = _registered();
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.BondAdded(id, _alice.addr, 5);
        vm.prank(_alice.addr);
        assertEq(_registry.bond(id, 5), _BOND + 5);
        assertEq(_stateOf(id).bond, _BOND + 5);
    }

    function test_bond_refusesAmounts() public {
        uint256 id = _registered();
        vm.startPrank(_paul);
        vm.expectRevert(IProviderRegistry.RegistryAmountZero.selector);
        _registry.bond(id, 0);
        _registry.startUnbonding(id, _BOND);
        uint256 most = type(uint96).max;
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.RegistryAmountTooLarge.selector, most));
        _registry.bond(id, most);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.RegistryAmountTooLarge.selector, most + 1));
        _registry.bond(id, most + 1);
        vm.stopPrank();
    }

    /// With what is unbonding, a stake may be all that 96 bits hold, and not one more.
    function test_bond_fillsItsField() public {
        uint256 id = _registered();
        uint256 most = type(uint96).max;
        _token.mint(_alice.addr, most);
        vm.prank(_paul);
        _registry.startUnbonding(id, _BOND);
        vm.startPrank(_alice.addr);
        vm.expectRevert(
            abi.encodeWithSelector(IProviderRegistry.RegistryAmountTooLarge.selector, most - _BOND + 1)
        );
        _registry.bond(id, most - _BOND + 1);
        assertEq(_registry.bond(id, most - _BOND), most - _BOND);
        vm.stopPrank();
        assertEq(_stakeOf(id), most);
    }

    function test_constructor_refusesWhatCannotWork() public {
        for (uint256 i = 0; i < 2; ++i) {
            uint256 delay = i == 0 ? 7 days - 1 : 30 days + 1;
            vm.expectRevert(
                abi.encodeWithSelector(
                    IProviderRegistry.RegistryDelayInvalid.selector, delay, 7 days, 30 days
                )
            );
            this.deploy(address(_token), delay);
        }
        address nowhere = makeAddr("no contract");
        bytes memory invalid =
            abi.encodeWithSelector(IProviderRegistry.RegistryAddressInvalid.selector, nowhere);
        vm.expectRevert(invalid);
        this.deploy(nowhere, _DELAY);
        address channels = address(_channels);
        _channels = IPaymentChannels(nowhere);
        vm.expectRevert(invalid);
        this.deploy(address(_token), _DELAY);
        _channels = IPaymentChannels(channels);
        _deploy(address(_token), 7 days);
        _deploy(address(_token), 30 days);
    }

    function deploy(address token, uint256 delay) external {
        require(address(_deployChecked(token, delay)) != address(0));
    }

    function _deployChecked(address token, uint256 delay) private returns (address created) {
        bytes memory code = bytes.concat(
            vm.getCode("ProviderRegistry.sol:ProviderRegistry"),
            abi.encode(address(_manager), token, address(_channels), delay)
        );
        assembly ("memory-safe") {
            created := create(0, add(code, 0x20), mload(code))
            if iszero(created) {
                returndatacopy(0, 0, returndatasize())
                revert(0, returndatasize())
            }
        }
    }

    function test_unbonding_takesTheWholeDelay() public {
        uint256 id = _registered();
        vm.startPrank(_paul);
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.UnbondingStarted(id, 400 ether, _START + _DELAY);
        assertEq(_registry.startUnbonding(id, 400 ether), _START + _DELAY);
        assertEq(_stateOf(id).bond, 600 ether);
        assertEq(_stateOf(id).unbonding, 400 ether);
        vm.warp(_START + _DELAY - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IProviderRegistry.RegistryStillUnbonding.selector, id, _START + _DELAY)
        );
        _registry.withdrawBond(id, _pauls);
        vm.warp(_START + _DELAY);
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.BondWithdrawn(id, _pauls, 400 ether);
        assertEq(_registry.withdrawBond(id, _pauls), 400 ether);
        assertEq(_token.balanceOf(_pauls), 400 ether);
        assertEq(_stateOf(id).releaseAt, 0);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.RegistryNothingUnbonding.selector, id));
        _registry.withdrawBond(id, _pauls);
        vm.stopPrank();
    }

    function test_unbonding_startsAgainForEverything() public {
        uint256 id = _registered();
        vm.startPrank(_paul);
        _registry.startUnbonding(id, 1 ether);
        vm.warp(_START + _DELAY);
        assertEq(_registry.startUnbonding(id, 1 ether), _START + 2 * _DELAY);
        vm.expectRevert(
            abi.encodeWithSelector(IProviderRegistry.RegistryStillUnbonding.selector, id, _START + 2 * _DELAY)
        );
        _registry.withdrawBond(id, _pauls);
        vm.warp(_START + 2 * _DELAY);
        assertEq(_registry.withdrawBond(id, _pauls), 2 ether);
        vm.stopPrank();
    }

    function test_unbonding_refusesAmountsAndRecipients() public {
        uint256 id = _registered();
        vm.startPrank(_paul);
        vm.expectRevert(IProviderRegistry.RegistryAmountZero.selector);
        _registry.startUnbonding(id, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IProviderRegistry.RegistryBondInsufficient.selector, id, _BOND, _BOND + 1)
        );
        _registry.startUnbonding(id, _BOND + 1);
        _registry.startUnbonding(id, _BOND);
        vm.warp(_START + _DELAY);
        for (uint256 i = 0; i < 2; ++i) {
            address wrong = i == 0 ? address(0) : address(_registry);
            vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.RegistryAddressInvalid.selector, wrong));
            _registry.withdrawBond(id, wrong);
        }
        vm.stopPrank();
    }

    function test_slash_takesWhatIsLeavingFirst() public {
        uint256 id = _registered();
        vm.prank(_paul);
        _registry.startUnbonding(id, 300 ether);
        vm.expectEmit(address(_registry));
        emit IProviderRegistry.ProviderSlashed(id, _alice.addr, 100 ether, 300 ether, keccak256("why"));
        vm.prank(_sue);
        assertEq(_registry.slash(id, 400 ether, _alice.addr, keccak256("why")), 400 ether);
        ProviderState memory provider = _stateOf(id);
        assertEq(provider.bond, 600 ether);
        assertEq(provider.unbonding, 0);
        assertEq(provider.releaseAt, 0);
        assertEq(_token.balanceOf(address(_registry)), 600 ether);
    }

    /// What is left of it leaves when it was going to.
    function test_slash_keepsTheRelease() public {
        uint256 id = _registered();
        vm.prank(_paul);
        _registry.startUnbonding(id, 300 ether);
        vm.warp(_START + 1);
        vm.prank(_sue);
        _registry.slash(id, 100 ether, address(0), 0);
        assertEq(_stateOf(id).unbonding, 200 ether);
        assertEq(_stateOf(id).releaseAt, _START + _DELAY);
    }

    function test_slash_burns() public {
        uint256 id = _registered();
        uint256 supply = _token.totalSupply();
        vm.prank(_sue);
        _registry.slash(id, 1 ether, address(0), 0);
        assertEq(_token.totalSupply(), supply - 1 ether);
        assertEq(_token.balanceOf(address(_registry)), _BOND - 1 ether);
    }

    function test_slash_neverTouchesOthers() public {
        uint256 id = _registered();
        uint256 other = _registered();
        vm.startPrank(_sue);
        assertEq(_registry.slash(id, type(uint256).max, address(0), 0), _BOND);
        assertEq(_stakeOf(id), 0);
        assertEq(_stakeOf(other), _BOND);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.RegistryNothingBonded.selector, id));
        _registry.slash(id, 1, address(0), 0);
        vm.expectRevert(IProviderRegistry.RegistryAmountZero.selector);
        _registry.slash(other, 0, address(0), 0);
        vm.expectRevert(
            abi.encodeWithSelector(IProviderRegistry.RegistryAddressInvalid.selector, address(_registry))
        );
        _registry.slash(other, 1, address(_registry), 0);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.RegistryUnknown.selector, 9));
        _registry.slash(9, 1, address(0), 0);
        vm.stopPrank();
    }

    function test_slash_reachesWhoLeft() public {
        uint256 id = _registered();
        vm.prank(_paul);
        _registry.deregister(id);
        vm.warp(_START + _DELAY);
        vm.prank(_sue);
        assertEq(_registry.slash(id, _BOND, address(0), 0), _BOND);
    }

    function test_slash_isForSlashersOnly() public {
        uint256 id = _registered();
        address[3] memory others = [_mallory.addr, _paul, _rita];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(
                abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, others[i])
            );
            _registry.slash(id, 1, others[i], 0);
        }
    }

    /// Nothing that the authority can do keeps a bond in.
    function test_withdrawal_cannotBePaused() public {
        uint256 id = _registered();
        vm.prank(_paul);
        _registry.deregister(id);
        vm.prank(_admin);
        _manager.setTargetClosed(address(_registry), true);
        vm.warp(_START + _DELAY);
        vm.prank(_paul);
        assertEq(_registry.withdrawBond(id, _pauls), _BOND);
    }

    function testFuzz_slash_neverTakesMoreThanThereIs(uint96 bonded, uint96 leaving, uint256 amount) public {
        bonded = uint96(bound(bonded, 1, 1_000_000 ether));
        leaving = uint96(bound(leaving, 0, bonded));
        amount = bound(amount, 1, type(uint256).max);
        vm.startPrank(_paul);
        uint256 id = _registry.register(_listing(), "", bonded);
        if (leaving != 0) _registry.startUnbonding(id, leaving);
        vm.stopPrank();
        vm.prank(_sue);
        uint256 slashed = _registry.slash(id, amount, address(0), 0);
        assertEq(slashed, amount < bonded ? amount : bonded);
        assertEq(_stakeOf(id), bonded - slashed);
        assertEq(_token.balanceOf(address(_registry)), bonded - slashed);
        assertEq(_stateOf(id).unbonding, slashed < leaving ? leaving - slashed : 0);
    }
}
