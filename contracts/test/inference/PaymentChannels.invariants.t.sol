// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "forge-std/Test.sol";

import {ChannelHandler} from "./handlers/ChannelHandler.sol";

/// What holds whatever anybody does, in any order and at any time. The handler checks after every action that amounts
/// only grow, never past the deposit or a signature, that closed channels stay as they are, that fees stay under their
/// cap and session keys within their budget, and that attacks fail.
contract PaymentChannelsInvariantsTest is Test {
    ChannelHandler private _handler;

    function setUp() public {
        _handler = new ChannelHandler();
        _handler.setUp();
        targetContract(address(_handler));
        targetSelector(FuzzSelector(address(_handler), _handler.actions()));
    }

    /// Every token that the contract holds is owed to somebody, and every token owed is there.
    function invariant_tokensHeldAreTokensOwed() public view {
        assertEq(_handler.held(), _handler.owed());
    }

    function invariant_logsRebuildAllState() public view {
        _handler.book().compare();
    }

    /// However a campaign ended, everybody gets out with what is theirs.
    function afterInvariant() public {
        _handler.leaveEverything();
    }
}
