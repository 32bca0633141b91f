// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {AITokenFixture} from "./AITokenFixture.sol";
import {AttackerHandler} from "./handlers/AttackerHandler.sol";
import {BridgeHandler} from "./handlers/BridgeHandler.sol";
import {HolderHandler} from "./handlers/HolderHandler.sol";
import {TokenWorld} from "./handlers/TokenWorld.sol";

contract AITokenInvariantsTest is AITokenFixture {
    TokenWorld private _world;
    HolderHandler private _holders;
    BridgeHandler private _bridges;

    function setUp() public override {
        super.setUp();
        _world = new TokenWorld(_token, _minter, _bridgeAdmin, _alice);
        _holders = new HolderHandler(_world);
        _bridges = new BridgeHandler(_world);
        _bridges.setLimits(0, 1000, 1000, 1 hours);
        _bridges.setLimits(1, _CAP / 1000, _CAP / 1000, 30 days);
        targetContract(address(_holders));
        targetContract(address(_bridges));
        targetContract(address(new AttackerHandler(_world, _holders)));
    }

    function invariant_supplyIsEveryBalanceAndFitsTheCap() public view {
        address[] memory everyone = _world.everyone();
        uint256 total;
        for (uint256 i = 0; i < everyone.length; ++i) {
            total += _token.balanceOf(everyone[i]);
        }
        assertEq(total, _token.totalSupply());
        assertLe(total, _token.cap());
    }

    function invariant_votesAreTheBalancesDelegated() public view {
        address[] memory everyone = _world.everyone();
        for (uint256 i = 0; i < everyone.length; ++i) {
            uint256 delegated;
            for (uint256 j = 0; j < everyone.length; ++j) {
                if (_token.delegates(everyone[j]) == everyone[i]) delegated += _token.balanceOf(everyone[j]);
            }
            assertEq(_token.getVotes(everyone[i]), delegated);
        }
    }

    function invariant_spentAuthorizationsStaySpent() public view {
        for (uint256 i = 0; i < _holders.count(); ++i) {
            (HolderHandler.Authorization memory authorization,) = _holders.spent(i);
            assertTrue(_token.authorizationState(authorization.from, authorization.nonce));
        }
    }

    /// What was recorded along the way cannot change, so that checking it once, at the end of a run, is enough.
    function afterInvariant() public {
        _assertThePastNeverChanged();
        _assertBounded(_bridges.inbound(_world.hermes()));
        _assertBounded(_bridges.outbound(_world.hermes()));
        _assertBounded(_bridges.inbound(_world.trudy()));
        _assertBounded(_bridges.outbound(_world.trudy()));
    }

    function _assertThePastNeverChanged() private {
        vm.warp(_world.time());
        address[] memory everyone = _world.everyone();
        TokenWorld.Moment[] memory history = _world.history();
        for (uint256 i = 0; i < history.length; ++i) {
            assertEq(_token.getPastTotalSupply(history[i].time), history[i].supply);
            for (uint256 j = 0; j < everyone.length; ++j) {
                assertEq(_token.getPastVotes(everyone[j], history[i].time), history[i].votes[j]);
            }
        }
    }

    /// Between any two passages, both counted, no more passed than a full bucket and what refilled meanwhile.
    function _assertBounded(BridgeHandler.Passage[] memory passages) private pure {
        for (uint256 last = 0; last < passages.length; ++last) {
            uint256 passed;
            for (uint256 back = 0; back <= last; ++back) {
                BridgeHandler.Passage memory first = passages[last - back];
                passed += first.amount;
                uint256 refilled = passages[last].refilled - first.refilled;
                assertLe(passed, passages[last].capacity + refilled);
            }
        }
    }
}
