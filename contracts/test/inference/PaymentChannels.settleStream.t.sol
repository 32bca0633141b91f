// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel, StreamCommit} from "../../src/inference/ChannelTypes.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {IChannelSettlement} from "../../src/inference/IChannelSettlement.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// Paying for the revealed links of a hash chain.
contract PaymentChannelsSettleStreamTest is ChannelFixture {
    bytes32 private constant _SEED = keccak256("seed");

    Channel private _c;

    function setUp() public override {
        super.setUp();
        _c = _opened(1);
    }

    function _commit(uint32 maxSteps) private pure returns (StreamCommit memory) {
        return StreamCommit(10 ether, _link(_SEED, maxSteps, 0), 0.5 ether, maxSteps);
    }

    function _settleStream(StreamCommit memory commit, uint32 steps, bytes32 preimage)
        private
        returns (uint256)
    {
        bytes memory signature = _signCommit(_alice.key, _c, commit);
        vm.prank(_paul.addr);
        return _channels.settleStream(_c, commit, signature, steps, preimage);
    }

    function test_settleStream_paysBaseAndLinks() public {
        vm.expectEmit(address(_channels));
        emit IChannelSettlement.ChannelSettled(_idOf(_c), 11.5 ether);
        assertEq(_settleStream(_commit(8), 3, _link(_SEED, 8, 3)), 11.5 ether);
        assertEq(_settleStream(_commit(8), 8, _SEED), 2.5 ether);
        assertEq(_stateOf(_c).settled, 14 ether);
    }

    function test_settleStream_followsOrdinaryVouchers() public {
        _settle(_c, 10 ether);
        assertEq(_settleStream(_commit(8), 1, _link(_SEED, 8, 1)), 0.5 ether);
        assertEq(_settle(_c, 20 ether), 9.5 ether);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelSettlement.ChannelsCaptureTooLow.selector, 14 ether, 20 ether)
        );
        _settleStream(_commit(8), 8, _SEED);
    }

    function test_settleStream_revertsWhenStepsAreOutOfRange() public {
        StreamCommit memory commit = _commit(8);
        vm.expectRevert(abi.encodeWithSelector(IChannelSettlement.ChannelsStepsInvalid.selector, 0, 8));
        _settleStream(commit, 0, commit.root);
        vm.expectRevert(abi.encodeWithSelector(IChannelSettlement.ChannelsStepsInvalid.selector, 9, 8));
        _settleStream(commit, 9, _SEED);
    }

    function test_settleStream_boundsTheChain() public {
        StreamCommit memory commit = _commit(1025);
        vm.expectRevert(abi.encodeWithSelector(IChannelSettlement.ChannelsStepsInvalid.selector, 1, 1025));
        _settleStream(commit, 1, _link(_SEED, 1025, 1));
        commit = _commit(1024);
        commit.unit = 0.01 ether;
        assertEq(_settleStream(commit, 1024, _SEED), 20.24 ether);
        assertEq(_channels.MAX_STREAM_STEPS(), 1024);
    }

    /// The payee claims more links than it was given.
    function test_settleStream_revertsWhenThePreimageIsNotThatDeep() public {
        bytes32 third = _link(_SEED, 8, 3);
        bytes32 reached = keccak256(bytes.concat(_commit(8).root));
        vm.expectRevert(
            abi.encodeWithSelector(
                IChannelSettlement.ChannelsPreimageInvalid.selector, _commit(8).root, reached
            )
        );
        _settleStream(_commit(8), 4, third);
    }

    function test_settleStream_revertsWhenTheDepositDoesNotCoverIt() public {
        StreamCommit memory commit = _commit(8);
        commit.base = 100 ether;
        vm.expectRevert(
            abi.encodeWithSelector(
                IChannelSettlement.ChannelsCaptureAboveDeposit.selector, 100.5 ether, 100 ether
            )
        );
        _settleStream(commit, 1, _link(_SEED, 8, 1));
    }

    function test_settleStream_doesNotOverflow() public {
        StreamCommit memory commit = _commit(8);
        (commit.base, commit.unit) = (type(uint128).max, type(uint128).max);
        vm.expectPartialRevert(IChannelSettlement.ChannelsCaptureAboveDeposit.selector);
        _settleStream(commit, 8, _SEED);
    }

    function test_settleStream_revertsWhenCallerIsNeitherPayeeNorOperator() public {
        StreamCommit memory commit = _commit(8);
        bytes memory signature = _signCommit(_alice.key, _c, commit);
        vm.prank(_mallory);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsNotPayee.selector, _mallory, _paul.addr)
        );
        _channels.settleStream(_c, commit, signature, 8, _SEED);
    }

    function test_settleStream_revertsWhenTheChannelIsUnknownOrClosed() public {
        StreamCommit memory commit = _commit(8);
        vm.prank(_paul.addr);
        _channels.close(_c, 0, 0, "");
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsClosed.selector, _idOf(_c)));
        _settleStream(commit, 8, _SEED);
        _c.salt = "unknown";
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsUnknown.selector, _idOf(_c)));
        _settleStream(commit, 8, _SEED);
    }

    function testFuzz_settleStream_refusesAnyAlteredCommitment(uint256 field, uint96 value) public {
        StreamCommit memory commit = _commit(8);
        bytes memory signature = _signCommit(_alice.key, _c, commit);
        field = field % 3;
        if (field == 0) commit.base = uint128(bound(value, 0, 50 ether));
        if (field == 1) commit.unit = uint128(bound(value, 1, 10 ether));
        if (field == 2) commit.maxSteps = uint32(bound(value, 8, 1024));
        bytes32 unaltered = keccak256(abi.encode(_commit(8)));
        vm.assume(keccak256(abi.encode(commit)) != unaltered);
        vm.prank(_paul.addr);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsInvalidSignature.selector, _alice.addr));
        _channels.settleStream(_c, commit, signature, 8, _SEED);
    }

    function testFuzz_settleStream_paysEveryDepthOnce(uint32 maxSteps, uint32 steps, bytes32 seed) public {
        maxSteps = uint32(bound(maxSteps, 1, 128));
        steps = uint32(bound(steps, 1, maxSteps));
        StreamCommit memory commit = StreamCommit(0, _link(seed, maxSteps, 0), 0.01 ether, maxSteps);
        bytes32 preimage = _link(seed, maxSteps, steps);
        assertEq(_settleStream(commit, steps, preimage), uint256(steps) * 0.01 ether);
        vm.expectPartialRevert(IChannelSettlement.ChannelsCaptureTooLow.selector);
        _settleStream(commit, steps, preimage);
    }
}
