// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Test} from "forge-std/Test.sol";

import {AIToken} from "../../../src/core/AIToken.sol";
import {IAIToken} from "../../../src/core/IAIToken.sol";
import {TokenWorld} from "./TokenWorld.sol";

/// Two bridges at work, and an administrator who keeps changing what they may do.
contract BridgeHandler is Test {
    /// What moved at once, with the bucket's size and all that any bucket of this flow could have refilled by then.
    struct Passage {
        uint256 amount;
        uint256 capacity;
        uint256 refilled;
    }

    struct Flow {
        IAIToken.BridgeLimit limit;
        uint256 since;
        uint256 refilled;
        Passage[] passages;
    }

    TokenWorld private immutable _world;
    AIToken private immutable _token;

    mapping(address bridge => Flow) private _inbound;
    mapping(address bridge => Flow) private _outbound;

    constructor(TokenWorld world) {
        _world = world;
        _token = world.token();
    }

    modifier onTime() {
        vm.warp(_world.time());
        _;
    }

    function setLimits(uint256 bridge, uint256 inbound, uint256 outbound, uint256 window) external onTime {
        address target = _bridge(bridge);
        IAIToken.BridgeLimits memory limits =
            IAIToken.BridgeLimits(_limit(inbound, window), _limit(outbound, window));
        vm.prank(_world.bridgeAdmin());
        _token.setBridgeLimits(target, limits);
        _change(_inbound[target], limits.inbound);
        _change(_outbound[target], limits.outbound);
    }

    /// Trudy was found out; she may come back with the next limits.
    function removeTrudy() external onTime {
        (address trudy, address admin) = (_world.trudy(), _world.bridgeAdmin());
        IAIToken.BridgeLimits memory none;
        vm.prank(admin);
        _token.setBridgeLimits(trudy, none);
        _change(_inbound[trudy], none.inbound);
        _change(_outbound[trudy], none.outbound);
    }

    function arrive(uint256 bridge, uint256 to, uint256[4] calldata amounts, uint256[4] calldata waits)
        external
        onTime
    {
        (address source, address recipient) = (_bridge(bridge), _world.anyone(to));
        for (uint256 i = 0; i < amounts.length; ++i) {
            _wait(waits[i]);
            (uint256 available,) = _token.bridgeAvailable(source);
            uint256 amount = _share(amounts[i], Math.min(available, _token.cap() - _token.totalSupply()));
            if (amount == 0) continue;
            vm.prank(source);
            _token.crosschainMint(recipient, amount);
            _record(_inbound[source], amount);
        }
    }

    function leave(uint256 bridge, uint256 from, uint256[4] calldata amounts, uint256[4] calldata waits)
        external
        onTime
    {
        (address target, address owner) = (_bridge(bridge), _world.holder(from).addr);
        for (uint256 i = 0; i < amounts.length; ++i) {
            _wait(waits[i]);
            (, uint256 available) = _token.bridgeAvailable(target);
            uint256 amount = _share(amounts[i], Math.min(available, _token.balanceOf(owner)));
            if (amount == 0) continue;
            vm.prank(owner);
            _token.approve(target, amount);
            vm.prank(target);
            _token.crosschainBurn(owner, amount);
            _record(_outbound[target], amount);
        }
    }

    function inbound(address bridge) external view returns (Passage[] memory) {
        return _inbound[bridge].passages;
    }

    function outbound(address bridge) external view returns (Passage[] memory) {
        return _outbound[bridge].passages;
    }

    /// Everything, half of the time: limits are tested by who goes to the limit.
    function _share(uint256 seed, uint256 most) private pure returns (uint256) {
        return seed % 2 == 0 ? most : bound(seed, 0, most);
    }

    function _wait(uint256 duration) private {
        duration = bound(duration, 0, 6 hours);
        if (duration > 0) _world.pass(duration);
    }

    function _record(Flow storage flow, uint256 amount) private {
        _accrue(flow);
        flow.passages.push(Passage(amount, flow.limit.capacity, flow.refilled));
    }

    function _change(Flow storage flow, IAIToken.BridgeLimit memory limit) private {
        _accrue(flow);
        flow.limit = limit;
    }

    /// Rounded up: the token may refill less than this, never more.
    function _accrue(Flow storage flow) private {
        if (flow.limit.window > 0) {
            uint256 elapsed = _world.time() - flow.since;
            flow.refilled += Math.ceilDiv(elapsed * flow.limit.capacity, flow.limit.window);
        }
        flow.since = _world.time();
    }

    function _bridge(uint256 seed) private returns (address) {
        return seed % 2 == 0 ? _world.hermes() : _world.trudy();
    }

    /// From buckets of single units, where rounding shows, to some that fit many times under the cap.
    function _limit(uint256 capacity, uint256 window)
        private
        view
        returns (IAIToken.BridgeLimit memory limit)
    {
        limit.capacity = uint208(bound(capacity, 0, _token.cap() / 1000));
        limit.window = limit.capacity == 0 ? 0 : uint48(bound(window, 1, 60 days));
    }
}
