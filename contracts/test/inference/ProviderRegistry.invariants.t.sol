// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "forge-std/Test.sol";

import {RegistryHandler} from "./handlers/RegistryHandler.sol";

/// What holds whatever anybody does, in any order and at any time. The handler checks after every action that stakes
/// move only as they may, that delays neither shrink nor grow, that keys are convicted once, and that attacks fail.
contract ProviderRegistryInvariantsTest is Test {
    RegistryHandler private _handler;

    function setUp() public {
        _handler = new RegistryHandler();
        _handler.setUp();
        targetContract(address(_handler));
        targetSelector(FuzzSelector(address(_handler), _handler.actions()));
    }

    /// Every token that the registry holds is somebody's stake, or was given away to it.
    function invariant_tokensHeldAreStakes() public view {
        assertEq(_handler.held(), _handler.owed());
    }

    /// However a campaign ended, everybody gets out with what is theirs.
    function afterInvariant() public {
        _handler.leaveEverything();
    }
}
