// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IProviderRegistry} from "./IProviderRegistry.sol";
import {ProviderListings} from "./ProviderListings.sol";
import {Listing} from "./RegistryTypes.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @notice What vouches for providers: tokens that go in at once, come out after a delay, and can be lost until then.
abstract contract ProviderBonds is ProviderListings, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    uint256 private constant _MIN_DELAY = 7 days;
    uint256 private constant _MAX_DELAY = 30 days;

    ERC20Burnable private immutable _TOKEN;
    uint256 private immutable _DELAY;

    constructor(address token, uint256 delay) {
        if (delay < _MIN_DELAY || delay > _MAX_DELAY) {
            revert RegistryDelayInvalid(delay, _MIN_DELAY, _MAX_DELAY);
        }
        if (token.code.length == 0) revert RegistryAddressInvalid(token);
        _TOKEN = ERC20Burnable(token);
        _DELAY = delay;
    }

    /// @inheritdoc IProviderRegistry
    function bondToken() public view returns (address) {
        return address(_TOKEN);
    }

    /// @inheritdoc IProviderRegistry
    function unbondingDelay() public view returns (uint256) {
        return _DELAY;
    }

    /// @inheritdoc IProviderRegistry
    function register(Listing calldata listing, string calldata manifestUri, uint256 amount)
        external
        nonReentrant
        returns (uint256 id)
    {
        id = _register(listing, manifestUri);
        if (amount != 0) _bond(id, amount);
    }

    /// @inheritdoc IProviderRegistry
    function bond(uint256 id, uint256 amount) external nonReentrant returns (uint256) {
        return _bond(id, amount);
    }

    /// @inheritdoc IProviderRegistry
    function startUnbonding(uint256 id, uint256 amount) external returns (uint256) {
        if (amount == 0) revert RegistryAmountZero();
        StoredProvider storage provider = _load(id);
        _checkOwner(provider);
        return _unbond(id, provider, amount);
    }

    /// @inheritdoc IProviderRegistry
    function deregister(uint256 id) external {
        StoredProvider storage provider = _loadListed(id);
        _checkOwner(provider);
        _delist(id, provider);
        if (provider.bond != 0) _unbond(id, provider, provider.bond);
    }

    /// @inheritdoc IProviderRegistry
    function withdrawBond(uint256 id, address to) external nonReentrant returns (uint256 amount) {
        StoredProvider storage provider = _load(id);
        _checkOwner(provider);
        _checkAddress(to);
        amount = provider.unbonding;
        if (amount == 0) revert RegistryNothingUnbonding(id);
        uint256 releaseAt = provider.releaseAt;
        if (block.timestamp < releaseAt) revert RegistryStillUnbonding(id, releaseAt);
        (provider.unbonding, provider.releaseAt) = (0, 0);
        emit BondWithdrawn(id, to, amount);
        IERC20(_TOKEN).safeTransfer(to, amount);
    }

    /// @dev Takes tokens from what is unbonding, then from the bond. The caller has checked that they are there.
    function _slash(uint256 id, StoredProvider storage provider, uint256 amount, address to, bytes32 reason)
        internal
    {
        uint256 unbonding = provider.unbonding;
        uint256 fromUnbonding = amount < unbonding ? amount : unbonding;
        uint256 fromBond = amount - fromUnbonding;
        // The casts cannot truncate: both differences are below what was there.
        provider.bond = uint96(provider.bond - fromBond);
        provider.unbonding = uint96(unbonding - fromUnbonding);
        if (fromUnbonding != 0 && fromUnbonding == unbonding) provider.releaseAt = 0;
        emit ProviderSlashed(id, to, fromBond, fromUnbonding, reason);
        if (to == address(0)) _TOKEN.burn(amount);
        else IERC20(_TOKEN).safeTransfer(to, amount);
    }

    /// @dev What a provider can lose.
    function _stakeOf(uint256 id, StoredProvider storage provider) internal view returns (uint256 stake) {
        stake = uint256(provider.bond) + provider.unbonding;
        if (stake == 0) revert RegistryNothingBonded(id);
    }

    function _bond(uint256 id, uint256 amount) private returns (uint256 total) {
        if (amount == 0) revert RegistryAmountZero();
        StoredProvider storage provider = _loadListed(id);
        total = provider.bond + amount;
        // With what is unbonding, so that everything a provider has at stake fits too.
        if (total + provider.unbonding > type(uint96).max) revert RegistryAmountTooLarge(total);
        provider.bond = uint96(total);
        emit BondAdded(id, msg.sender, amount);
        uint256 expected = _TOKEN.balanceOf(address(this)) + amount;
        IERC20(_TOKEN).safeTransferFrom(msg.sender, address(this), amount);
        uint256 actual = _TOKEN.balanceOf(address(this));
        if (actual != expected) revert RegistryDepositMismatch(expected, actual);
    }

    function _unbond(uint256 id, StoredProvider storage provider, uint256 amount)
        private
        returns (uint256 releaseAt)
    {
        uint256 held = provider.bond;
        if (amount > held) revert RegistryBondInsufficient(id, held, amount);
        releaseAt = block.timestamp + _DELAY;
        provider.bond = uint96(held - amount);
        provider.unbonding += uint96(amount);
        provider.releaseAt = uint40(releaseAt);
        emit UnbondingStarted(id, amount, releaseAt);
    }
}
