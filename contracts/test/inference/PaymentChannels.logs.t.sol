// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel, StreamCommit} from "../../src/inference/ChannelTypes.sol";
import {ChannelBook} from "./ChannelBook.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// After the loss of everything, the logs alone tell what the contract holds.
contract PaymentChannelsLogsTest is ChannelFixture {
    function test_logs_rebuildAllState() public {
        ChannelBook book = new ChannelBook(_channels);
        vm.recordLogs();
        _fundAndOpen();
        _pay();
        _end();
        book.enter(vm.getRecordedLogs());
        assertEq(book.count(), 6);
        book.compare();
    }

    function _fundAndOpen() private {
        _opened(1);
        _setFee(100);
        _opened(2);
        _openedFromVault(3);
        vm.startPrank(_alice.addr);
        _channels.deposit(address(_token), 500 ether);
        _channels.withdrawFromVault(address(_token), 1 ether, _rita);
        _channels.topUp(_channel(1), 1 ether);
        _channels.topUpFromVault(_channel(2), 2 ether);
        _channels.topUpFromVault(_channel(3), 3 ether);
        _channels.setSession(_key.addr, address(_token), 50 ether, uint40(_START + 1 days), 0);
        _channels.setSession(_rita, address(_token), 50 ether, uint40(_START + 1 days), "some root");
        _channels.setSession(_mallory, address(_token), 1, uint40(_START + 1 days), 0);
        _channels.revokeSession(_mallory, address(_token));
        vm.stopPrank();
        vm.startPrank(_key.addr);
        _channels.openFromVaultWithSession(_channel(4), 20 ether, new bytes32[](0));
        _channels.topUpFromVaultWithSession(_channel(4), 10 ether, new bytes32[](0));
        vm.stopPrank();
        vm.prank(_alice.addr);
        _channels.setSession(_key.addr, address(_token), 60 ether, uint40(_START + 2 days), "another root");
        vm.startPrank(_paul.addr);
        _channels.setOperator(_olga, true);
        _channels.setOperator(_rita, true);
        _channels.setOperator(_rita, false);
        vm.stopPrank();
        _opened(5);
        _opened(6);
    }

    function _pay() private {
        _settle(_channel(1), 10 ether);
        _settle(_channel(2), 10 ether);
        bytes memory rows = bytes.concat(
            _signedRow(_alice.key, _channel(1), 20 ether, 30 ether),
            _signedRow(_alice.key, _channel(3), 40 ether, 50 ether),
            _signedRow(_alice.key, _channel(7), 40 ether, 50 ether),
            _signedRow(_alice.key, _channel(4), 4 ether, 5 ether)
        );
        vm.prank(_olga);
        _channels.settleMany(_batchOf(rows));
        StreamCommit memory commit = StreamCommit(10 ether, _link("seed", 8, 0), 1 ether, 8);
        bytes memory signature = _signCommit(_alice.key, _channel(2), commit);
        vm.prank(_olga);
        _channels.settleStream(_channel(2), commit, signature, 8, "seed");
    }

    function _end() private {
        // Channel 1 is leaving, 2 changed its mind, 3 was closed, 4 was closed by statement, 5 is gone, 6 is untouched.
        _requestClose(_channel(5));
        vm.warp(_START + 15 minutes);
        vm.prank(_alice.addr);
        _channels.withdraw(_channel(5));
        _requestClose(_channel(1));
        _requestClose(_channel(2));
        vm.prank(_alice.addr);
        _channels.topUp(_channel(2), 1);
        bytes memory voucher = _signVoucher(_alice.key, _channel(3), 60 ether);
        vm.prank(_paul.addr);
        _channels.close(_channel(3), 60 ether, 55 ether, voucher);
        bytes memory statement = _signStatement(_paul.key, _channel(4), 6 ether, block.timestamp);
        vm.prank(_alice.addr);
        _channels.closeWithStatement(_channel(4), 6 ether, block.timestamp, statement, 0, "");
        _setFee(50);
    }

    /// Each channel's descriptor is in the logs too, so that vouchers can be settled after a loss of everything.
    function test_logs_tellTheDescriptor() public {
        vm.recordLogs();
        Channel memory channel = _channel(9);
        channel.authorizedSigner = _key.addr;
        bytes32 id = _open(channel, _DEPOSIT);
        bytes memory data = vm.getRecordedLogs()[0].data;
        (address token, address signer, bytes32 salt,,) =
            abi.decode(data, (address, address, bytes32, uint256, bool));
        assertEq(_idOf(Channel(_alice.addr, _paul.addr, token, salt, signer)), id);
    }
}
