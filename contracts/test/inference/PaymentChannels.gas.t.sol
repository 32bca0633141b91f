// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Authorization, Channel, StreamCommit} from "../../src/inference/ChannelTypes.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// What whole transactions cost, calldata included, and that each stays under its ceiling.
contract PaymentChannelsGasTest is ChannelFixture {
    string private constant _GROUP = "PaymentChannels";
    uint256 private constant _TX_CAP = 1 << 24;

    function setUp() public override {
        super.setUp();
        // The contract holds the token already, as it does from its second channel on.
        _token.mint(_rita, _FUNDS);
        vm.startPrank(_rita);
        _token.approve(address(_channels), type(uint256).max);
        _channels.deposit(address(_token), 1);
        vm.stopPrank();
        vm.prank(_alice.addr);
        _channels.deposit(address(_token), 10 * _DEPOSIT);
    }

    function _snapshot(string memory name, uint256 ceiling) private {
        uint256 gas = vm.snapshotGasLastCall(_GROUP, name);
        assertLe(gas, ceiling, name);
    }

    function test_gas_open() public {
        _open(_channel(uint256(keccak256("a random salt"))), _DEPOSIT);
        _snapshot("open", 72_000);
    }

    function test_gas_openFromVault() public {
        vm.prank(_alice.addr);
        _channels.openFromVault(_paul.addr, address(_token), _DEPOSIT, keccak256("a random salt"), address(0));
        _snapshot("openFromVault", 60_000);
    }

    function test_gas_topUp() public {
        Channel memory channel = _opened(1);
        vm.prank(_alice.addr);
        _channels.topUp(channel, _DEPOSIT);
        _snapshot("topUp", 55_000);
    }

    function test_gas_settle() public {
        Channel memory channel = _opened(uint256(keccak256("a random salt")));
        bytes memory signature = _signVoucher(_alice.key, channel, 12.345678901234567891 ether);
        vm.prank(_paul.addr);
        _channels.settle(channel, 12.345678901234567891 ether, 12.345678901234567 ether, signature);
        _snapshot("settle", 53_000);
    }

    function test_gas_close() public {
        Channel memory channel = _opened(uint256(keccak256("a random salt")));
        bytes memory signature = _signVoucher(_alice.key, channel, 12.345678901234567891 ether);
        vm.prank(_paul.addr);
        _channels.close(channel, 12.345678901234567891 ether, 12.345678901234567 ether, signature);
        _snapshot("close", 64_000);
    }

    function test_gas_settleMany() public {
        uint256 one = _settleMany(1);
        _snapshot("settleMany1", 60_000);
        _settleMany(100);
        uint256 hundred = vm.snapshotGasLastCall(_GROUP, "settleMany100");
        vm.snapshotValue(_GROUP, "settleMany100 per channel", hundred / 100);
        assertLe(hundred / 100, 12_000, "a channel of a hundred");
        assertGt(one, 0);
    }

    function test_gas_settleManyThousandFitsIntoOneTransaction() public {
        _settleMany(1000);
        _snapshot("settleMany1000", _TX_CAP);
    }

    function test_gas_settleStream() public {
        uint256 short = _settleStream(1);
        uint256 long = _settleStream(1024);
        vm.snapshotValue(_GROUP, "settleStream per step", (long - short) / 1023);
        assertLe((long - short) / 1023, 110, "a step");
    }

    function _settleStream(uint32 steps) private returns (uint256 gas) {
        Channel memory channel = _opened(steps);
        StreamCommit memory commit = StreamCommit(0, _link("seed", 1024, 0), 0.01 ether, 1024);
        bytes memory signature = _signCommit(_alice.key, channel, commit);
        bytes32 preimage = _link("seed", 1024, steps);
        vm.prank(_paul.addr);
        _channels.settleStream(channel, commit, signature, steps, preimage);
        gas = vm.snapshotGasLastCall(_GROUP, steps == 1 ? "settleStream1" : "settleStream1024");
    }

    function _settleMany(uint256 count) private returns (uint256) {
        bytes[] memory rows = new bytes[](count);
        for (uint256 i = 0; i < count; ++i) {
            Account memory payer = makeAccount(string.concat("payer ", vm.toString(i)));
            uint256 salt = uint64(uint256(keccak256(abi.encode(count, i))));
            Channel memory channel =
                Channel(payer.addr, _paul.addr, address(_token), bytes32(salt), address(0));
            _fund(payer.addr);
            _open(channel, _DEPOSIT);
            rows[i] = _signedRow(payer.key, channel, 12.345678901234567 ether, 12.345678901234567891 ether);
        }
        bytes memory packed = _concat(rows);
        vm.prank(_paul.addr);
        return _channels.settleMany(_batchOf(packed));
    }

    function _concat(bytes[] memory parts) private pure returns (bytes memory all) {
        all = new bytes(parts.length * parts[0].length);
        for (uint256 i = 0; i < parts.length; ++i) {
            for (uint256 j = 0; j < parts[i].length; ++j) {
                all[i * parts[0].length + j] = parts[i][j];
            }
        }
    }

    function test_size() public {
        uint256 size = address(_channels).code.length;
        vm.snapshotValue(_GROUP, "runtime bytes", size);
        assertLt(size, 24_576);
    }
}
