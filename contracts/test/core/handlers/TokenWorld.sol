// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {Test} from "forge-std/Test.sol";

import {AIToken} from "../../../src/core/AIToken.sol";

/// The accounts and the clock every handler shares, and the history the token must never rewrite.
contract TokenWorld is Test {
    struct Moment {
        uint256 time;
        uint256 supply;
        uint256[] votes;
    }

    AIToken public immutable token;
    address public immutable minter;
    address public immutable bridgeAdmin;

    /// When it is: handlers enter at this time, whatever the runner did to the clock between two calls.
    uint256 public time;

    Account[] private _holders;
    address[] private _everyone;
    Moment[] private _history;

    constructor(AIToken token_, address minter_, address bridgeAdmin_, Account memory first) {
        (token, minter, bridgeAdmin, time) = (token_, minter_, bridgeAdmin_, vm.getBlockTimestamp());
        _add(first);
        _add(makeAccount("bob"));
        _add(makeAccount("carol"));
        _add(makeAccount("dave"));
        _everyone.push(hermes());
        _everyone.push(trudy());
        _everyone.push(mallory().addr);
        _everyone.push(eve());
    }

    /// A bridge that follows the rules.
    function hermes() public returns (address) {
        return makeAddr("hermes");
    }

    /// A bridge that takes what it can.
    function trudy() public returns (address) {
        return makeAddr("trudy");
    }

    /// Replays and forges signatures.
    function mallory() public returns (Account memory) {
        return makeAccount("mallory");
    }

    /// Calls what she may not.
    function eve() public returns (address) {
        return makeAddr("eve");
    }

    /// Lets time pass, and remembers how the moment that ends now looked.
    function pass(uint256 duration) external {
        uint256[] memory votes = new uint256[](_everyone.length);
        for (uint256 i = 0; i < votes.length; ++i) {
            votes[i] = token.getVotes(_everyone[i]);
        }
        _history.push(Moment(time, token.totalSupply(), votes));
        time += duration;
        vm.warp(time);
    }

    function holder(uint256 seed) external view returns (Account memory) {
        return _holders[seed % _holders.length];
    }

    function anyone(uint256 seed) external view returns (address) {
        return _everyone[seed % _everyone.length];
    }

    function everyone() external view returns (address[] memory) {
        return _everyone;
    }

    function history() external view returns (Moment[] memory) {
        return _history;
    }

    function _add(Account memory account) private {
        _holders.push(account);
        _everyone.push(account.addr);
    }
}
