// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Test} from "forge-std/Test.sol";

import {Batch, Channel, ChannelState, StreamCommit} from "../../src/inference/ChannelTypes.sol";
import {IPaymentChannels} from "../../src/inference/IPaymentChannels.sol";
import {ChannelSigner} from "./ChannelSigner.sol";
import {PlainToken} from "./TestTokens.sol";

/// Channels, a token, the people around them and what they sign.
abstract contract ChannelFixture is Test, ChannelSigner {
    uint256 internal constant _START = 1_800_000_000;
    uint256 internal constant _FUNDS = 1_000_000 ether;
    uint128 internal constant _DEPOSIT = 100 ether;

    IPaymentChannels internal _channels;
    AccessManager internal _manager;
    PlainToken internal _token;

    Account internal _alice = makeAccount("alice, who pays");
    Account internal _paul = makeAccount("paul, who is paid");
    Account internal _key = makeAccount("the key that signs for alice");
    address internal _admin = makeAddr("admin");
    address internal _olga = makeAddr("olga, who operates for paul");
    address internal _rita = makeAddr("rita, who relays");
    address internal _mallory = makeAddr("mallory");
    address internal _treasury = makeAddr("treasury");

    function setUp() public virtual {
        vm.warp(_START);
        _manager = new AccessManager(_admin);
        _channels = IPaymentChannels(
            deployCode("PaymentChannels.sol:PaymentChannels", abi.encode(address(_manager)))
        );
        _token = new PlainToken("Plain");
        _fund(_alice.addr);
        // Steady state: nobody's first token, which would be charged to whoever is measured.
        _token.mint(_paul.addr, 1);
        _token.mint(address(_channels), 0);
    }

    function _fund(address account) internal {
        _token.mint(account, _FUNDS);
        vm.prank(account);
        _token.approve(address(_channels), type(uint256).max);
    }

    function _channel(uint256 salt) internal view returns (Channel memory) {
        return Channel(_alice.addr, _paul.addr, address(_token), bytes32(salt), address(0));
    }

    function _idOf(Channel memory channel) internal view returns (bytes32) {
        return _id(channel, address(_channels), block.chainid);
    }

    function _open(Channel memory channel, uint128 amount) internal returns (bytes32) {
        vm.prank(channel.payer);
        return _channels.open(channel.payee, channel.token, amount, channel.salt, channel.authorizedSigner);
    }

    function _opened(uint256 salt) internal returns (Channel memory channel) {
        channel = _channel(salt);
        _open(channel, _DEPOSIT);
    }

    function _openedFromVault(uint256 salt) internal returns (Channel memory channel) {
        channel = _channel(salt);
        vm.startPrank(_alice.addr);
        _channels.deposit(address(_token), _DEPOSIT);
        _channels.openFromVault(_paul.addr, address(_token), _DEPOSIT, channel.salt, address(0));
        vm.stopPrank();
    }

    function _hash(bytes32 structHash) internal view returns (bytes32) {
        return _digest(_domain(address(_channels), block.chainid), structHash);
    }

    function _signVoucher(uint256 key, Channel memory channel, uint256 amount)
        internal
        view
        returns (bytes memory)
    {
        return _sign(key, _hash(_voucher(_idOf(channel), amount)));
    }

    function _signStatement(uint256 key, Channel memory channel, uint256 spent, uint256 deadline)
        internal
        view
        returns (bytes memory)
    {
        return _sign(key, _hash(_statement(_idOf(channel), spent, deadline)));
    }

    function _signCommit(uint256 key, Channel memory channel, StreamCommit memory commit)
        internal
        view
        returns (bytes memory)
    {
        return _sign(key, _hash(_commitHash(_idOf(channel), commit)));
    }

    /// A correct row, signed by `key`.
    function _signedRow(uint256 key, Channel memory channel, uint256 capture, uint256 authorized)
        internal
        view
        returns (bytes memory)
    {
        bytes32 digest = _hash(_voucher(_idOf(channel), authorized));
        return _row(channel, capture, authorized, _signCompact(key, digest));
    }

    function _batchOf(bytes memory rows) internal view returns (Batch[] memory batches) {
        batches = new Batch[](1);
        batches[0] = Batch(_paul.addr, address(_token), rows);
    }

    function _settle(Channel memory channel, uint128 capture) internal returns (uint256) {
        bytes memory signature = _signVoucher(_alice.key, channel, capture);
        vm.prank(channel.payee);
        return _channels.settle(channel, capture, capture, signature);
    }

    function _requestClose(Channel memory channel) internal returns (uint256) {
        vm.prank(channel.payer);
        return _channels.requestClose(channel);
    }

    function _stateOf(Channel memory channel) internal view returns (ChannelState memory) {
        return _channels.getChannel(_idOf(channel));
    }

    function _setFee(uint16 bps) internal {
        vm.prank(_admin);
        _channels.setFee(bps, _treasury);
    }
}
