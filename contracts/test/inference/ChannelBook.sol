// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "forge-std/Test.sol";
import {Vm} from "forge-std/Vm.sol";

import {ChannelState, Session} from "../../src/inference/ChannelTypes.sol";
import {IChannelExit} from "../../src/inference/IChannelExit.sol";
import {IChannelFunding} from "../../src/inference/IChannelFunding.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {IChannelSessions} from "../../src/inference/IChannelSessions.sol";
import {IChannelSettlement} from "../../src/inference/IChannelSettlement.sol";
import {IChannelVault} from "../../src/inference/IChannelVault.sol";
import {IPaymentChannels} from "../../src/inference/IPaymentChannels.sol";

/// Rebuilds everything the channels contract keeps from its logs alone, and compares it with what the views say.
contract ChannelBook is Test {
    struct VaultKey {
        address owner;
        address token;
    }

    struct SessionKey {
        address owner;
        address key;
        address token;
    }

    struct OperatorKey {
        address payee;
        address operator;
    }

    IPaymentChannels private immutable _channels;

    bytes32[] public ids;
    mapping(bytes32 channelId => ChannelState state) private _states;
    mapping(bytes32 channelId => VaultKey refund) private _refunds;

    VaultKey[] private _vaultKeys;
    mapping(address owner => mapping(address token => uint256 balance)) private _vaults;
    SessionKey[] private _sessionKeys;
    mapping(address owner => mapping(address key => mapping(address token => Session session))) private
        _sessions;
    OperatorKey[] private _operatorKeys;
    mapping(address payee => mapping(address operator => bool approved)) private _operators;
    uint256 private _bps;
    address private _recipient;

    constructor(IPaymentChannels channels) {
        _channels = channels;
    }

    function count() external view returns (uint256) {
        return ids.length;
    }

    function enter(Vm.Log[] calldata logs) external {
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter == address(_channels)) _enter(logs[i]);
        }
    }

    function _enter(Vm.Log calldata log) private {
        bytes32 name = log.topics[0];
        if (name == IChannelFunding.ChannelOpened.selector) {
            _enterOpened(log);
        } else if (name == IChannelFunding.ChannelToppedUp.selector) {
            _enterToppedUp(log);
        } else if (name == IChannelSettlement.ChannelSettled.selector) {
            _enterSettled(log);
        } else if (name == IChannelSettlement.ChannelsSettled.selector) {
            _enterBatch(abi.decode(log.data, (bytes)));
        } else if (name == IChannelExit.ChannelCloseRequested.selector) {
            _enterCloseRequested(log);
        } else if (name == IChannelExit.ChannelClosed.selector) {
            _enterClosed(log);
        } else if (name == IChannelLedger.FeeAccrued.selector) {
            _add(log, int256(_word(log)));
        } else if (name == IChannelVault.VaultDeposited.selector) {
            _add(log, int256(_word(log)));
        } else if (name == IChannelVault.VaultWithdrawn.selector) {
            _add(log, -int256(_word(log)));
        } else if (name == IChannelSessions.SessionSet.selector) {
            _enterSession(log);
        } else if (name == IChannelSessions.SessionUsed.selector) {
            _sessionOf(log).used = uint96(_word(log));
        } else if (name == IChannelSessions.SessionRevoked.selector) {
            _enterRevoked(log);
        } else if (name == IChannelSettlement.OperatorSet.selector) {
            _enterOperator(log);
        } else if (name == IPaymentChannels.FeeSet.selector) {
            (_bps, _recipient) = (_word(log), _topic(log, 1));
        } else {
            assertEq(name, IChannelSettlement.RowSkipped.selector, "an event that nobody books");
        }
    }

    function _enterOpened(Vm.Log calldata log) private {
        (address token,,, uint256 deposit, bool fromVault) =
            abi.decode(log.data, (address, address, bytes32, uint256, bool));
        bytes32 id = log.topics[1];
        assertEq(_states[id].deposit, 0, "opened twice");
        ids.push(id);
        _states[id] = ChannelState(0, uint96(deposit), 0, false, fromVault, uint16(_bps));
        _refunds[id] = VaultKey(_topic(log, 2), token);
        if (fromVault) _addTo(_topic(log, 2), token, -int256(deposit));
    }

    function _enterToppedUp(Vm.Log calldata log) private {
        (uint256 deposit, bool fromVault) = abi.decode(log.data, (uint256, bool));
        bytes32 id = log.topics[1];
        if (fromVault) {
            int256 added = int256(deposit) - int256(uint256(_states[id].deposit));
            _addTo(_refunds[id].owner, _refunds[id].token, -added);
        }
        (_states[id].deposit, _states[id].closeAt) = (uint96(deposit), 0);
    }

    function _enterSettled(Vm.Log calldata log) private {
        _states[log.topics[1]].settled = uint96(_word(log));
    }

    function _enterBatch(bytes memory rows) private {
        assertEq(rows.length % 44, 0);
        for (uint256 offset = 0; offset < rows.length; offset += 44) {
            bytes32 id;
            bytes32 settled;
            assembly ("memory-safe") {
                id := mload(add(add(rows, 0x20), offset))
                settled := mload(add(add(rows, 0x40), offset))
            }
            _states[id].settled = uint96(bytes12(settled));
        }
    }

    function _enterCloseRequested(Vm.Log calldata log) private {
        _states[log.topics[1]].closeAt = uint40(_word(log));
    }

    function _enterClosed(Vm.Log calldata log) private {
        (uint256 settled, uint256 refunded) = abi.decode(log.data, (uint256, uint256));
        bytes32 id = log.topics[1];
        (_states[id].settled, _states[id].closed, _states[id].closeAt) = (uint96(settled), true, 0);
        if (_states[id].refundsToVault) _addTo(_refunds[id].owner, _refunds[id].token, int256(refunded));
    }

    function _enterSession(Vm.Log calldata log) private {
        (uint256 cap, uint256 expiry, bytes32 payees) = abi.decode(log.data, (uint256, uint256, bytes32));
        Session storage session = _sessionOf(log);
        (session.cap, session.expiry, session.payees) = (uint96(cap), uint40(expiry), payees);
        _sessionKeys.push(SessionKey(_topic(log, 1), _topic(log, 2), _topic(log, 3)));
    }

    function _enterRevoked(Vm.Log calldata log) private {
        delete _sessions[_topic(log, 1)][_topic(log, 2)][_topic(log, 3)];
    }

    function _enterOperator(Vm.Log calldata log) private {
        _operators[_topic(log, 1)][_topic(log, 2)] = _word(log) == 1;
        _operatorKeys.push(OperatorKey(_topic(log, 1), _topic(log, 2)));
    }

    function _sessionOf(Vm.Log calldata log) private view returns (Session storage) {
        return _sessions[_topic(log, 1)][_topic(log, 2)][_topic(log, 3)];
    }

    /// Vault events name owner and token in their first two topics.
    function _add(Vm.Log calldata log, int256 amount) private {
        _addTo(_topic(log, 1), _topic(log, 2), amount);
    }

    function _addTo(address owner, address token, int256 amount) private {
        _vaults[owner][token] = uint256(int256(_vaults[owner][token]) + amount);
        _vaultKeys.push(VaultKey(owner, token));
    }

    function _topic(Vm.Log calldata log, uint256 index) private pure returns (address) {
        return address(uint160(uint256(log.topics[index])));
    }

    function _word(Vm.Log calldata log) private pure returns (uint256) {
        return abi.decode(log.data, (uint256));
    }

    /// Every channel, vault, session, operator and the fee that the logs ever named.
    function compare() external view {
        for (uint256 i = 0; i < ids.length; ++i) {
            ChannelState memory state = _channels.getChannel(ids[i]);
            assertEq(abi.encode(_states[ids[i]]), abi.encode(state), "channel");
        }
        for (uint256 i = 0; i < _vaultKeys.length; ++i) {
            (address owner, address token) = (_vaultKeys[i].owner, _vaultKeys[i].token);
            assertEq(_vaults[owner][token], _channels.vaultBalanceOf(owner, token), "vault");
        }
        for (uint256 i = 0; i < _sessionKeys.length; ++i) {
            SessionKey memory key = _sessionKeys[i];
            Session memory session = _channels.getSession(key.owner, key.key, key.token);
            assertEq(abi.encode(_sessions[key.owner][key.key][key.token]), abi.encode(session), "session");
        }
        for (uint256 i = 0; i < _operatorKeys.length; ++i) {
            OperatorKey memory key = _operatorKeys[i];
            bool approved = _channels.isOperator(key.payee, key.operator);
            assertEq(_operators[key.payee][key.operator], approved, "operator");
        }
        (uint16 bps, address recipient) = _channels.fee();
        assertEq(_bps, bps, "fee");
        assertEq(_recipient, recipient, "fee recipient");
    }
}
