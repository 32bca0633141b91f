// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ERC20Capped} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Capped.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {Test} from "forge-std/Test.sol";

import {AIToken} from "../../../src/core/AIToken.sol";
import {IAIToken} from "../../../src/core/IAIToken.sol";
import {AITokenSigner} from "../AITokenSigner.sol";
import {HolderHandler} from "./HolderHandler.sol";
import {TokenWorld} from "./TokenWorld.sol";

/// Mallory, Eve, Trudy and a disloyal minter: everything they try must fail, and for the right reason.
contract AttackerHandler is Test, AITokenSigner {
    TokenWorld private immutable _world;
    AIToken private immutable _token;
    HolderHandler private immutable _holders;

    constructor(TokenWorld world, HolderHandler holders) {
        _world = world;
        _token = world.token();
        _holders = holders;
    }

    modifier onTime() {
        vm.warp(_world.time());
        _;
    }

    function malloryReplaysAuthorization(uint256 index) external onTime {
        if (_holders.count() == 0) return;
        (Authorization memory authorization, Signature memory signature) =
            _holders.spent(index % _holders.count());
        vm.expectRevert(
            abi.encodeWithSelector(
                ERC3009.ERC3009UsedAuthorization.selector, authorization.from, authorization.nonce
            )
        );
        _submitTransfer(_token, authorization, signature);
    }

    function malloryRedirectsAuthorization(uint256 index, bytes32 nonce) external onTime {
        if (_holders.count() == 0) return;
        (Authorization memory authorization, Signature memory signature) =
            _holders.spent(index % _holders.count());
        authorization.to = _world.mallory().addr;
        authorization.nonce = keccak256(abi.encode(nonce, authorization.nonce));
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        _submitTransfer(_token, authorization, signature);
    }

    function malloryForgesPermit(uint256 victim, uint256 value) external onTime {
        address owner = _world.holder(victim).addr;
        Account memory mallory = _world.mallory();
        Permit memory permit = Permit(owner, mallory.addr, value, _token.nonces(owner), _world.time());
        Signature memory signature = _sign(mallory.key, address(_token), _hash(permit));
        vm.expectRevert(
            abi.encodeWithSelector(ERC20Permit.ERC2612InvalidSigner.selector, mallory.addr, owner)
        );
        _submit(_token, permit, signature);
    }

    function malloryTakes(uint256 victim, uint256 value) external onTime {
        (address mallory, address owner) = (_world.mallory().addr, _world.holder(victim).addr);
        value = bound(value, 1, type(uint256).max);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, mallory, 0, value)
        );
        vm.prank(mallory);
        _token.burnFrom(owner, value);
    }

    function eveMints(uint256 amount) external onTime {
        address eve = _world.eve();
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, eve));
        vm.prank(eve);
        _token.mint(eve, amount);
    }

    /// The minter is trusted to mint, not to exceed the cap.
    function minterExceedsTheCap(uint256 excess) external onTime {
        (address minter, address eve) = (_world.minter(), _world.eve());
        (uint256 cap, uint256 supply) = (_token.cap(), _token.totalSupply());
        excess = bound(excess, 1, type(uint128).max);
        vm.expectRevert(abi.encodeWithSelector(ERC20Capped.ERC20ExceededCap.selector, cap + excess, cap));
        vm.prank(minter);
        _token.mint(eve, cap - supply + excess);
    }

    function eveMakesHerselfABridge(uint208 capacity, uint48 window) external onTime {
        address eve = _world.eve();
        IAIToken.BridgeLimit memory limit = IAIToken.BridgeLimit(capacity, window);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, eve));
        vm.prank(eve);
        _token.setBridgeLimits(eve, IAIToken.BridgeLimits(limit, limit));
    }

    function evePretendsToBeABridge(uint256 victim, uint256 amount) external onTime {
        (address eve, address owner) = (_world.eve(), _world.holder(victim).addr);
        vm.startPrank(eve);
        vm.expectRevert(abi.encodeWithSelector(IAIToken.AITokenUnauthorizedBridge.selector, eve));
        _token.crosschainMint(eve, amount);
        vm.expectRevert(abi.encodeWithSelector(IAIToken.AITokenUnauthorizedBridge.selector, eve));
        _token.crosschainBurn(owner, amount);
        vm.stopPrank();
    }

    function trudyOverdraws(uint256 excess) external onTime {
        address trudy = _world.trudy();
        (uint256 available,) = _token.bridgeAvailable(trudy);
        uint256 amount = available + bound(excess, 1, type(uint128).max);
        _expectRefusal(trudy, amount, available);
        vm.prank(trudy);
        _token.crosschainMint(trudy, amount);
    }

    function trudyBurnsWhatIsNotHers(uint256 victim, uint256 amount) external onTime {
        (address trudy, address owner) = (_world.trudy(), _world.holder(victim).addr);
        (, uint256 available) = _token.bridgeAvailable(trudy);
        if (available == 0) return;
        amount = bound(amount, 1, available);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, trudy, 0, amount)
        );
        vm.prank(trudy);
        _token.crosschainBurn(owner, amount);
    }

    function _expectRefusal(address bridge, uint256 amount, uint256 available) private {
        IAIToken.BridgeLimits memory limits = _token.bridgeLimits(bridge);
        bool removed = limits.inbound.capacity == 0 && limits.outbound.capacity == 0;
        vm.expectRevert(
            removed
                ? abi.encodeWithSelector(IAIToken.AITokenUnauthorizedBridge.selector, bridge)
                : abi.encodeWithSelector(
                    IAIToken.AITokenBridgeLimitExceeded.selector, bridge, amount, available
                )
        );
    }
}
