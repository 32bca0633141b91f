// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Batch, Channel, SkipReason} from "../../src/inference/ChannelTypes.sol";
import {IChannelSettlement} from "../../src/inference/IChannelSettlement.sol";
import {ChannelFixture} from "./ChannelFixture.sol";
import {ContractWallet} from "./ContractWallet.sol";

/// Rows that are wrong: left out and reported, and never in the way of the others.
contract PaymentChannelsSettleManySkipsTest is ChannelFixture {
    uint256 private constant _ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    Channel private _good;

    function setUp() public override {
        super.setUp();
        _good = _opened(1);
    }

    function _settleMany(bytes memory rows) private returns (uint256) {
        vm.prank(_paul.addr);
        return _channels.settleMany(_batchOf(rows));
    }

    /// Settles good rows around a bad one.
    function _expectSkipped(bytes memory bad, Channel memory named, SkipReason reason) private {
        bytes memory first = _signedRow(_alice.key, _good, 1 ether, 1 ether);
        bytes memory last = _signedRow(_alice.key, _good, 3 ether, 3 ether);
        vm.expectEmit(address(_channels));
        emit IChannelSettlement.RowSkipped(_idOf(named), _paul.addr, 0, 1, reason);
        assertEq(_settleMany(bytes.concat(first, bad, last)), 2);
        assertEq(_stateOf(_good).settled, 3 ether);
        assertEq(_token.balanceOf(_paul.addr), 3 ether + 1);
    }

    function test_settleMany_skipsAnUnknownChannel() public {
        Channel memory channel = _channel(2);
        bytes memory row = _signedRow(_alice.key, channel, 1 ether, 1 ether);
        _expectSkipped(row, channel, SkipReason.ChannelUnknown);
    }

    function test_settleMany_skipsAClosedChannel() public {
        Channel memory channel = _opened(2);
        vm.prank(_paul.addr);
        _channels.close(channel, 0, 0, "");
        bytes memory row = _signedRow(_alice.key, channel, 1 ether, 1 ether);
        _expectSkipped(row, channel, SkipReason.ChannelClosed);
    }

    function test_settleMany_skipsACaptureThatIsNotNew() public {
        Channel memory channel = _opened(2);
        bytes memory row = _signedRow(_alice.key, channel, 0, 1 ether);
        _expectSkipped(row, channel, SkipReason.CaptureTooLow);
    }

    function test_settleMany_skipsACaptureAboveTheAuthorization() public {
        Channel memory channel = _opened(2);
        bytes memory row = _signedRow(_alice.key, channel, 1 ether + 1, 1 ether);
        _expectSkipped(row, channel, SkipReason.CaptureAboveAuthorized);
    }

    function test_settleMany_skipsACaptureAboveTheDeposit() public {
        Channel memory channel = _opened(2);
        bytes memory row = _signedRow(_alice.key, channel, _DEPOSIT + 1, _DEPOSIT + 1);
        _expectSkipped(row, channel, SkipReason.CaptureAboveDeposit);
    }

    function test_settleMany_skipsAStrangersSignature() public {
        Channel memory channel = _opened(2);
        bytes memory row = _signedRow(_key.key, channel, 1 ether, 1 ether);
        _expectSkipped(row, channel, SkipReason.SignatureInvalid);
    }

    function test_settleMany_skipsThePayersSignatureWhenAnotherKeySigns() public {
        Channel memory channel = _channel(2);
        channel.authorizedSigner = _key.addr;
        _open(channel, _DEPOSIT);
        bytes memory row = _signedRow(_alice.key, channel, 1 ether, 1 ether);
        _expectSkipped(row, channel, SkipReason.SignatureInvalid);
    }

    function test_settleMany_skipsTheMalleableTwin() public {
        Channel memory channel = _opened(2);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_alice.key, _hash(_voucher(_idOf(channel), 1 ether)));
        // The twin's s does not fit into the 255 bits of a compact signature unless its top bit is clear.
        uint256 high = _ORDER - uint256(s);
        uint256 parity = v == 27 ? 1 : 0;
        bytes memory twin = bytes.concat(r, bytes32((high & (type(uint256).max >> 1)) | (parity << 255)));
        _expectSkipped(_row(channel, 1 ether, 1 ether, twin), channel, SkipReason.SignatureInvalid);
    }

    /// ecrecover answers zero for nonsense, which must never equal a signer that is zero.
    function test_settleMany_neverMatchesARecoveryOfZero() public {
        Channel memory channel = _opened(2);
        bytes memory row = _row(channel, 1 ether, 1 ether, new bytes(64));
        _expectSkipped(row, channel, SkipReason.SignatureInvalid);
        Channel memory ofNobody = _channel(3);
        ofNobody.payer = address(0);
        row = _row(ofNobody, 4 ether, 4 ether, new bytes(64));
        vm.expectEmit(address(_channels));
        emit IChannelSettlement.RowSkipped(_idOf(ofNobody), _paul.addr, 0, 0, SkipReason.ChannelUnknown);
        assertEq(_settleMany(row), 0);
    }

    function test_settleMany_skipsContractSigners() public {
        ContractWallet wallet = new ContractWallet(_key.addr);
        Channel memory channel = _channel(2);
        channel.authorizedSigner = address(wallet);
        _open(channel, _DEPOSIT);
        bytes memory row = _signedRow(_key.key, channel, 1 ether, 1 ether);
        _expectSkipped(row, channel, SkipReason.SignatureInvalid);
    }

    function test_settleMany_skipsUnknownFlags() public {
        Channel memory channel = _opened(2);
        bytes memory row = _signedRow(_alice.key, channel, 1 ether, 1 ether);
        row[0] = 0x04;
        _expectSkipped(row, channel, SkipReason.FlagsUnknown);
    }

    function test_settleMany_revertsWhenARowIsCutOff() public {
        bytes memory whole = _signedRow(_alice.key, _good, 1 ether, 1 ether);
        bytes memory rows = bytes.concat(whole, whole);
        for (uint256 length = 1; length < rows.length; length += 29) {
            if (length == whole.length) continue;
            bytes memory cut = new bytes(length);
            for (uint256 i = 0; i < length; ++i) {
                cut[i] = rows[i];
            }
            vm.expectRevert(
                abi.encodeWithSelector(
                    IChannelSettlement.ChannelsRowsTruncated.selector, 0, length / whole.length
                )
            );
            _settleMany(cut);
        }
        assertEq(_stateOf(_good).settled, 0);
    }

    /// A row that lacks its last byte must not borrow it from the batch that follows in the calldata.
    function test_settleMany_revertsWhenTheMissingByteLiesInTheNextBatch() public {
        bytes memory row = _signedRow(_alice.key, _good, 1 ether, 1 ether);
        Batch[] memory batches = new Batch[](2);
        batches[0] = Batch(_paul.addr, address(_token), new bytes(row.length - 1));
        for (uint256 i = 0; i < row.length - 1; ++i) {
            batches[0].rows[i] = row[i];
        }
        batches[1] = Batch(_paul.addr, address(_token), row);
        vm.prank(_paul.addr);
        vm.expectRevert(abi.encodeWithSelector(IChannelSettlement.ChannelsRowsTruncated.selector, 0, 0));
        _channels.settleMany(batches);
        batches[0].rows = "";
        batches[1].rows = bytes.concat(row, hex"00");
        vm.prank(_paul.addr);
        vm.expectRevert(abi.encodeWithSelector(IChannelSettlement.ChannelsRowsTruncated.selector, 1, 1));
        _channels.settleMany(batches);
    }

    function testFuzz_settleMany_neverPaysAnAlteredRow(uint256 byteIndex, uint8 flip) public {
        Channel memory channel = _opened(2);
        bytes memory row = _signedRow(_alice.key, channel, 10 ether, 10 ether);
        flip = uint8(bound(flip, 1, 255));
        // Everything that is signed or names the channel: all but flags and capture.
        byteIndex = bound(byteIndex, 1, row.length - 1);
        if (byteIndex >= 29 && byteIndex < 41) byteIndex += 12;
        row[byteIndex] = bytes1(uint8(row[byteIndex]) ^ flip);
        assertEq(_settleMany(row), 0);
        assertEq(_stateOf(channel).settled, 0);
        assertEq(_token.balanceOf(_paul.addr), 1);
    }

    function testFuzz_settleMany_neverRevertsOnNoise(bytes calldata noise) public {
        vm.prank(_paul.addr);
        (bool success, bytes memory reason) =
            address(_channels).call(abi.encodeCall(_channels.settleMany, (_batchOf(noise))));
        if (!success) assertEq(bytes4(reason), IChannelSettlement.ChannelsRowsTruncated.selector);
        assertEq(_token.balanceOf(_paul.addr), 1);
    }
}
