// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel, ChannelState} from "../../../src/inference/ChannelTypes.sol";
import {ChannelBook} from "../ChannelBook.sol";
import {ChannelFixture} from "../ChannelFixture.sol";

/// The people that invariants play with, what they did, and what must never have changed.
abstract contract ChannelWorld is ChannelFixture {
    ChannelBook public book;

    Account[] internal _payers;
    Account[] internal _payees;
    Account internal _session = makeAccount("a session key");

    Channel[] internal _known;
    mapping(bytes32 channelId => uint256 amount) internal _signed;
    mapping(bytes32 channelId => ChannelState state) internal _before;
    mapping(address owner => uint256 cap) internal _highestCap;
    uint256 internal _nextSalt;
    uint256 internal _earned;
    uint256 internal _feesAccrued;

    function setUp() public override {
        super.setUp();
        _payers.push(_alice);
        _payers.push(makeAccount("carl, who pays too"));
        _fund(_payers[1].addr);
        _payees.push(_paul);
        _payees.push(makeAccount("pia, who is paid too"));
        book = new ChannelBook(_channels);
    }

    /// Books what an action logs, and checks that it broke no promise to any channel.
    modifier booked() {
        vm.recordLogs();
        _;
        book.enter(vm.getRecordedLogs());
        for (uint256 i = 0; i < _known.length; ++i) {
            _checkPromises(_idOf(_known[i]));
        }
    }

    /// Sends a call that may fail. What a failed call logged never happened, although it was recorded.
    function _send(address caller, bytes memory data) internal returns (bool success) {
        book.enter(vm.getRecordedLogs());
        vm.prank(caller);
        (success,) = address(_channels).call(data);
        if (!success) vm.getRecordedLogs();
    }

    function _checkPromises(bytes32 id) private {
        ChannelState memory was = _before[id];
        ChannelState memory state = _channels.getChannel(id);
        assertGe(state.settled, was.settled, "settled shrank");
        assertGe(state.deposit, was.deposit, "deposit shrank");
        assertLe(state.settled, state.deposit, "settled more than was put in");
        assertLe(state.settled, _signed[id], "settled more than was signed");
        assertLe(state.feeBps, _channels.MAX_FEE(), "fee above its cap");
        if (was.deposit != 0) {
            assertEq(state.feeBps, was.feeBps, "fee of an open channel changed");
            assertEq(state.refundsToVault, was.refundsToVault, "refund moved");
        }
        if (was.closed) assertEq(abi.encode(state), abi.encode(was), "a closed channel changed");
        _before[id] = state;
    }

    function _payer(uint256 seed) internal view returns (Account memory) {
        return _payers[seed % _payers.length];
    }

    function _newChannel(uint256 payer, uint256 payee, uint256 shape)
        internal
        returns (Channel memory channel)
    {
        bool longSalt = shape % 2 == 1;
        uint256 salt = longSalt ? uint256(keccak256(abi.encode(++_nextSalt))) : ++_nextSalt;
        address signer = shape % 3 == 0 ? _key.addr : address(0);
        channel = Channel(
            _payer(payer).addr, _payees[payee % _payees.length].addr, address(_token), bytes32(salt), signer
        );
        _known.push(channel);
    }

    /// A channel that is still open, or none. Channels that could not be opened are unknown, and left out too.
    function _pick(uint256 seed) internal view returns (bool found, Channel memory channel) {
        for (uint256 i = 0; i < _known.length; ++i) {
            channel = _known[(seed % _known.length + i) % _known.length];
            ChannelState memory state = _stateOf(channel);
            if (state.deposit != 0 && !state.closed) return (true, channel);
        }
    }

    function _signerKey(Channel memory channel) internal view returns (uint256) {
        if (channel.authorizedSigner == _key.addr) return _key.key;
        return channel.payer == _alice.addr ? _alice.key : _payers[1].key;
    }

    function _payeeKey(Channel memory channel) internal view returns (uint256) {
        return channel.payee == _paul.addr ? _paul.key : _payees[1].key;
    }

    /// Something new to capture, and a voucher that covers it; nothing when all is settled.
    function _newCapture(Channel memory channel, uint256 seed, uint256 slack)
        internal
        returns (uint128 authorized, uint128 capture)
    {
        ChannelState memory state = _stateOf(channel);
        if (state.settled == state.deposit) return (0, 0);
        capture = uint128(bound(seed, uint256(state.settled) + 1, state.deposit));
        authorized = uint128(bound(slack, capture, uint256(capture) * 2));
        _note(channel, authorized);
    }

    function _note(Channel memory channel, uint256 amount) internal {
        bytes32 id = _idOf(channel);
        if (amount > _signed[id]) _signed[id] = amount;
    }

    function known() external view returns (Channel[] memory) {
        return _known;
    }

    /// What open channels still hold, and what the vaults hold.
    function owed() external view returns (uint256 total) {
        for (uint256 i = 0; i < _known.length; ++i) {
            ChannelState memory state = _stateOf(_known[i]);
            if (!state.closed) total += state.deposit - state.settled;
        }
        for (uint256 i = 0; i < _payers.length; ++i) {
            total += _channels.vaultBalanceOf(_payers[i].addr, address(_token));
        }
        total += _channels.vaultBalanceOf(_treasury, address(_token));
    }

    function held() external view returns (uint256) {
        return _token.balanceOf(address(_channels));
    }
}
