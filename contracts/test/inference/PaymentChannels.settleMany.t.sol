// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Vm} from "forge-std/Vm.sol";

import {Batch, Channel} from "../../src/inference/ChannelTypes.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {IChannelSettlement} from "../../src/inference/IChannelSettlement.sol";
import {ChannelFixture} from "./ChannelFixture.sol";
import {PlainToken} from "./TestTokens.sol";

/// Paying from many channels at once, with rows that are right.
contract PaymentChannelsSettleManyTest is ChannelFixture {
    function _settleMany(bytes memory rows) private returns (uint256) {
        vm.prank(_paul.addr);
        return _channels.settleMany(_batchOf(rows));
    }

    function _rowOf(uint256 salt, uint256 capture) private returns (bytes memory) {
        return _signedRow(_alice.key, _opened(salt), capture, capture);
    }

    function test_settleMany_paysEveryRowInOneTransfer() public {
        bytes memory rows = bytes.concat(_rowOf(1, 10 ether), _rowOf(2, 20 ether), _rowOf(3, 30 ether));
        vm.recordLogs();
        assertEq(_settleMany(rows), 3);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        // One event of the batch and one transfer.
        assertEq(logs.length, 2);
        assertEq(logs[0].topics[0], IChannelSettlement.ChannelsSettled.selector);
        assertEq(
            abi.decode(logs[0].data, (bytes)),
            bytes.concat(
                bytes.concat(_idOf(_channel(1)), bytes12(uint96(10 ether))),
                bytes.concat(_idOf(_channel(2)), bytes12(uint96(20 ether))),
                bytes.concat(_idOf(_channel(3)), bytes12(uint96(30 ether)))
            )
        );
        assertEq(_token.balanceOf(_paul.addr), 60 ether + 1);
        assertEq(_stateOf(_channel(3)).settled, 30 ether);
    }

    function test_settleMany_readsAllFourShapesOfRow() public {
        Channel memory signer = _channel(2);
        signer.authorizedSigner = _key.addr;
        Channel memory long = _channel(uint256(keccak256("a random salt")));
        Channel memory both = _channel(uint256(keccak256("another random salt")));
        both.authorizedSigner = _key.addr;
        _open(signer, _DEPOSIT);
        _open(long, _DEPOSIT);
        _open(both, _DEPOSIT);
        bytes memory plain = _rowOf(type(uint64).max, 1 ether);
        bytes memory withSigner = _signedRow(_key.key, signer, 2 ether, 5 ether);
        bytes memory withLongSalt = _signedRow(_alice.key, long, 3 ether, 5 ether);
        bytes memory withBoth = _signedRow(_key.key, both, 4 ether, 5 ether);
        assertEq(plain.length, 117);
        assertEq(withSigner.length, 137);
        assertEq(withLongSalt.length, 141);
        assertEq(withBoth.length, 161);

        assertEq(_settleMany(bytes.concat(plain, withSigner, withLongSalt, withBoth)), 4);
        assertEq(_token.balanceOf(_paul.addr), 10 ether + 1);
        assertEq(_stateOf(both).settled, 4 ether);
    }

    function test_settleMany_acceptsAnExplicitSignerOfZero() public {
        Channel memory channel = _opened(1);
        bytes memory compact = _signCompact(_alice.key, _hash(_voucher(_idOf(channel), 1 ether)));
        bytes memory row = bytes.concat(
            bytes1(0x01),
            bytes20(_alice.addr),
            bytes20(0),
            bytes8(uint64(1)),
            bytes12(uint96(1 ether)),
            bytes12(uint96(1 ether)),
            compact
        );
        assertEq(_settleMany(row), 1);
    }

    /// Pitfall 1, in a batch.
    function test_settleMany_capturesWhatWasSpentAndNotTheWholeAuthorization() public {
        Channel memory channel = _opened(1);
        _settleMany(_signedRow(_alice.key, channel, 1 ether, _DEPOSIT));
        assertEq(_token.balanceOf(_paul.addr), 1 ether + 1);
        _settleMany(_signedRow(_alice.key, channel, 2 ether, _DEPOSIT));
        assertEq(_token.balanceOf(_paul.addr), 2 ether + 1);
    }

    /// Rows of one channel add up to its highest capture, never to their sum.
    function test_settleMany_paysAChannelOnceWhenItsRowIsDoubled() public {
        Channel memory channel = _opened(1);
        bytes memory row = _signedRow(_alice.key, channel, 40 ether, 40 ether);
        bytes memory later = _signedRow(_alice.key, channel, 50 ether, 50 ether);
        assertEq(_settleMany(bytes.concat(row, row, later, row)), 2);
        assertEq(_token.balanceOf(_paul.addr), 50 ether + 1);
        assertEq(_stateOf(channel).settled, 50 ether);
    }

    function test_settleMany_paysEachPayeeAndToken() public {
        Account memory peter = makeAccount("peter");
        PlainToken other = new PlainToken("Other");
        other.mint(_alice.addr, _FUNDS);
        vm.prank(_alice.addr);
        other.approve(address(_channels), type(uint256).max);
        Channel memory toPeter = _channel(1);
        toPeter.payee = peter.addr;
        Channel memory inOther = _channel(1);
        inOther.token = address(other);
        _open(toPeter, _DEPOSIT);
        _open(inOther, _DEPOSIT);

        Batch[] memory batches = new Batch[](3);
        batches[0] = Batch(_paul.addr, address(_token), _rowOf(1, 1 ether));
        batches[1] = Batch(peter.addr, address(_token), _signedRow(_alice.key, toPeter, 2 ether, 2 ether));
        batches[2] = Batch(_paul.addr, address(other), _signedRow(_alice.key, inOther, 3 ether, 3 ether));
        vm.prank(_paul.addr);
        _channels.setOperator(_olga, true);
        vm.prank(peter.addr);
        _channels.setOperator(_olga, true);
        vm.prank(_olga);
        assertEq(_channels.settleMany(batches), 3);
        assertEq(_token.balanceOf(_paul.addr), 1 ether + 1);
        assertEq(_token.balanceOf(peter.addr), 2 ether);
        assertEq(other.balanceOf(_paul.addr), 3 ether);
    }

    function test_settleMany_revertsWhenCallerIsNotPayeeOfOneBatch() public {
        Batch[] memory batches = new Batch[](2);
        batches[0] = Batch(_paul.addr, address(_token), _rowOf(1, 1 ether));
        batches[1] = Batch(_mallory, address(_token), "");
        vm.prank(_paul.addr);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsNotPayee.selector, _paul.addr, _mallory)
        );
        _channels.settleMany(batches);
    }

    /// A row of another payee's channel names a channel that does not exist under this batch's payee.
    function test_settleMany_cannotTakeFromAnotherPayeesChannel() public {
        bytes memory row = _rowOf(1, 10 ether);
        Batch[] memory batches = _batchOf(row);
        batches[0].payee = _mallory;
        vm.prank(_mallory);
        assertEq(_channels.settleMany(batches), 0);
        assertEq(_token.balanceOf(_mallory), 0);
        assertEq(_stateOf(_channel(1)).settled, 0);
    }

    function test_settleMany_acceptsNothing() public {
        vm.recordLogs();
        assertEq(_settleMany(""), 0);
        assertEq(_channels.settleMany(new Batch[](0)), 0);
        assertEq(vm.getRecordedLogs().length, 0);
    }

    function testFuzz_settleMany_paysAsManySettlesWould(
        uint96[6] calldata captures,
        uint256[6] calldata salts
    ) public {
        bytes memory rows;
        uint256 total = 0;
        for (uint256 i = 0; i < captures.length; ++i) {
            uint256 capture = bound(captures[i], 1, _DEPOSIT);
            Channel memory channel = _channel(i % 2 == 0 ? salts[i] : uint64(salts[i]));
            if (_stateOf(channel).deposit != 0) continue;
            _open(channel, _DEPOSIT);
            rows = bytes.concat(rows, _signedRow(_alice.key, channel, capture, capture));
            total += capture;
        }
        _settleMany(rows);
        assertEq(_token.balanceOf(_paul.addr), total + 1);
    }
}
