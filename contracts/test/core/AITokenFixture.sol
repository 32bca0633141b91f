// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Test} from "forge-std/Test.sol";

import {AIToken} from "../../src/core/AIToken.sol";
import {IAIToken} from "../../src/core/IAIToken.sol";
import {AITokenSigner} from "./AITokenSigner.sol";

/// A governed token, its holder and the accounts around it.
abstract contract AITokenFixture is Test, AITokenSigner {
    uint256 internal constant _CAP = 1_000_000_000 ether;
    uint256 internal constant _SUPPLY = 1_000_000 ether;
    uint256 internal constant _START = 1_800_000_000;
    uint64 internal constant _MINTER_ROLE = 1;
    uint64 internal constant _BRIDGE_ADMIN_ROLE = 2;

    AccessManager internal _manager;
    AIToken internal _token;

    Account internal _alice = makeAccount("alice");
    Account internal _bob = makeAccount("bob");
    address internal _admin = makeAddr("admin");
    address internal _minter = makeAddr("minter");
    address internal _bridgeAdmin = makeAddr("bridge admin");
    address internal _bridge = makeAddr("bridge");
    address internal _mallory = makeAddr("mallory");

    function setUp() public virtual {
        vm.warp(_START);
        _manager = new AccessManager(_admin);
        _token = new AIToken("AI Token", "AIT", _CAP, address(_manager), _alice.addr, _SUPPLY);

        vm.startPrank(_admin);
        _manager.grantRole(_MINTER_ROLE, _minter, 0);
        _manager.grantRole(_BRIDGE_ADMIN_ROLE, _bridgeAdmin, 0);
        _manager.setTargetFunctionRole(address(_token), _only(IAIToken.mint.selector), _MINTER_ROLE);
        _manager.setTargetFunctionRole(
            address(_token), _only(IAIToken.setBridgeLimits.selector), _BRIDGE_ADMIN_ROLE
        );
        vm.stopPrank();
    }

    function _limits(uint208 inbound, uint208 outbound, uint48 window)
        internal
        pure
        returns (IAIToken.BridgeLimits memory)
    {
        return IAIToken.BridgeLimits({
            inbound: IAIToken.BridgeLimit(inbound, inbound == 0 ? 0 : window),
            outbound: IAIToken.BridgeLimit(outbound, outbound == 0 ? 0 : window)
        });
    }

    function _setLimits(address bridge, uint208 inbound, uint208 outbound, uint48 window) internal {
        vm.prank(_bridgeAdmin);
        _token.setBridgeLimits(bridge, _limits(inbound, outbound, window));
    }

    function _only(bytes4 selector) private pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](1);
        selectors[0] = selector;
    }
}
