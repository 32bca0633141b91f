// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {DeployPermit2} from "permit2/test/utils/DeployPermit2.sol";

import {Channel, Permit2Transfer} from "../../src/inference/ChannelTypes.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// Permit2's own errors and views that the tests name.
interface IPermit2Errors {
    error InvalidSigner();
    error InvalidNonce();
    error SignatureExpired(uint256 signatureDeadline);

    function DOMAIN_SEPARATOR() external view returns (bytes32);
}

/// Gasless funding through the real Permit2, with a witness that names the channel.
contract PaymentChannelsPermit2Test is ChannelFixture, DeployPermit2 {
    bytes32 private constant _PERMISSIONS = keccak256("TokenPermissions(address token,uint256 amount)");
    string private constant _STUB =
        "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,";
    string private constant _OPEN =
        "ChannelOpen witness)ChannelOpen(bytes32 channelId)TokenPermissions(address token,uint256 amount)";
    string private constant _TOP_UP =
        "ChannelTopUp witness)ChannelTopUp(bytes32 channelId,uint128 deposit)TokenPermissions(address token,uint256 amount)";
    uint256 private constant _DEADLINE = _START + 1 hours;

    IPermit2Errors private _permit2;

    function setUp() public override {
        super.setUp();
        _permit2 = IPermit2Errors(deployPermit2());
        vm.startPrank(_alice.addr);
        _token.approve(address(_channels), 0);
        _token.approve(address(_permit2), type(uint256).max);
        vm.stopPrank();
    }

    function _transfer(string memory witnessType, bytes32 witness, uint256 amount, uint256 nonce)
        private
        view
        returns (Permit2Transfer memory)
    {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(bytes.concat(bytes(_STUB), bytes(witnessType))),
                keccak256(abi.encode(_PERMISSIONS, address(_token), amount)),
                address(_channels),
                nonce,
                _DEADLINE,
                witness
            )
        );
        bytes32 digest = _digest(_permit2.DOMAIN_SEPARATOR(), structHash);
        return Permit2Transfer(nonce, _DEADLINE, _sign(_alice.key, digest));
    }

    function _openTransfer(Channel memory channel, uint256 amount)
        private
        view
        returns (Permit2Transfer memory)
    {
        bytes32 witness = keccak256(abi.encode(keccak256("ChannelOpen(bytes32 channelId)"), _idOf(channel)));
        return _transfer(_OPEN, witness, amount, 7);
    }

    function _topUpTransfer(Channel memory channel, uint256 amount, uint256 deposit, uint256 nonce)
        private
        view
        returns (Permit2Transfer memory)
    {
        bytes32 typehash = keccak256("ChannelTopUp(bytes32 channelId,uint128 deposit)");
        return _transfer(_TOP_UP, keccak256(abi.encode(typehash, _idOf(channel), deposit)), amount, nonce);
    }

    function test_openWithPermit2_opensForThePayer() public {
        Permit2Transfer memory transfer = _openTransfer(_channel(1), _DEPOSIT);
        vm.prank(_rita);
        bytes32 id = _channels.openWithPermit2(_channel(1), _DEPOSIT, transfer);
        vm.snapshotGasLastCall("PaymentChannels", "openWithPermit2");
        assertEq(id, _idOf(_channel(1)));
        assertEq(_stateOf(_channel(1)).deposit, _DEPOSIT);
        assertEq(_token.balanceOf(address(_channels)), _DEPOSIT);
    }

    /// Pitfall 14, for Permit2.
    function test_openWithPermit2_cannotBeFrontRunWithAnotherPayee() public {
        Permit2Transfer memory transfer = _openTransfer(_channel(1), _DEPOSIT);
        Channel memory redirected = _channel(1);
        redirected.payee = _mallory;
        vm.prank(_mallory);
        vm.expectRevert(IPermit2Errors.InvalidSigner.selector);
        _channels.openWithPermit2(redirected, _DEPOSIT, transfer);
    }

    function testFuzz_openWithPermit2_bindsTheAmount(uint96 amount) public {
        vm.assume(amount != 0 && amount != _DEPOSIT);
        Permit2Transfer memory transfer = _openTransfer(_channel(1), _DEPOSIT);
        vm.prank(_rita);
        vm.expectRevert(IPermit2Errors.InvalidSigner.selector);
        _channels.openWithPermit2(_channel(1), amount, transfer);
    }

    function test_openWithPermit2_revertsWhenExpired() public {
        Permit2Transfer memory transfer = _openTransfer(_channel(1), _DEPOSIT);
        vm.warp(_DEADLINE + 1);
        vm.expectRevert(abi.encodeWithSelector(IPermit2Errors.SignatureExpired.selector, _DEADLINE));
        _channels.openWithPermit2(_channel(1), _DEPOSIT, transfer);
    }

    function test_topUpWithPermit2_bindsTheResultingDeposit() public {
        _channels.openWithPermit2(_channel(1), _DEPOSIT, _openTransfer(_channel(1), _DEPOSIT));
        Permit2Transfer memory transfer = _topUpTransfer(_channel(1), 5 ether, _DEPOSIT + 5 ether, 8);
        vm.prank(_rita);
        assertEq(_channels.topUpWithPermit2(_channel(1), 5 ether, transfer), _DEPOSIT + 5 ether);
        vm.expectRevert(IPermit2Errors.InvalidNonce.selector);
        _channels.topUpWithPermit2(_channel(1), 5 ether, transfer);
        // A fresh nonce does not help: the signed deposit has passed.
        transfer = _topUpTransfer(_channel(1), 5 ether, _DEPOSIT + 5 ether, 9);
        vm.expectRevert(IPermit2Errors.InvalidSigner.selector);
        _channels.topUpWithPermit2(_channel(1), 5 ether, transfer);
    }

    function test_topUpWithPermit2_refusesATransferToOpen() public {
        _channels.openWithPermit2(_channel(1), _DEPOSIT, _openTransfer(_channel(1), _DEPOSIT));
        Permit2Transfer memory transfer = _openTransfer(_channel(1), 5 ether);
        vm.expectRevert(IPermit2Errors.InvalidNonce.selector);
        _channels.topUpWithPermit2(_channel(1), 5 ether, transfer);
        transfer.nonce = 9;
        vm.expectRevert(IPermit2Errors.InvalidSigner.selector);
        _channels.topUpWithPermit2(_channel(1), 5 ether, transfer);
    }
}
