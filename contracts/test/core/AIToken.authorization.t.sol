// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {IERC3009, IERC3009Cancel} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {AIToken} from "../../src/core/AIToken.sol";
import {AITokenFixture} from "./AITokenFixture.sol";

contract AITokenAuthorizationTest is AITokenFixture {
    /// Every bit set: a keyed nonce scheme would read a key and a sequence into it and refuse it.
    bytes32 private constant _NONCE = bytes32(type(uint256).max);

    function _authorization() private view returns (Authorization memory) {
        return Authorization({
            from: _alice.addr,
            to: _bob.addr,
            value: 7,
            validAfter: _START - 1,
            validBefore: _START + 1,
            nonce: _NONCE
        });
    }

    function _signTransfer(Authorization memory authorization) private view returns (Signature memory) {
        return _sign(_alice.key, address(_token), _hashTransfer(authorization));
    }

    function _expectTimeRevert(Authorization memory authorization) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                ERC3009.ERC3009InvalidAuthorizationTime.selector,
                authorization.validAfter,
                authorization.validBefore
            )
        );
    }

    function _expectUsedRevert() private {
        vm.expectRevert(
            abi.encodeWithSelector(ERC3009.ERC3009UsedAuthorization.selector, _alice.addr, _NONCE)
        );
    }

    function test_transferWithAuthorization() public {
        Authorization memory authorization = _authorization();
        Signature memory signature = _signTransfer(authorization);
        vm.expectEmit(address(_token));
        emit IERC3009.AuthorizationUsed(_alice.addr, _NONCE);
        vm.prank(_mallory);
        _submitTransfer(_token, authorization, signature);
        assertEq(_token.balanceOf(_bob.addr), 7);
        assertTrue(_token.authorizationState(_alice.addr, _NONCE));
        assertEq(_token.nonces(_alice.addr), 0, "permits keep their own count");
    }

    function test_transferWithAuthorization_revertsAtValidAfter() public {
        Authorization memory authorization = _authorization();
        authorization.validAfter = _START;
        Signature memory signature = _signTransfer(authorization);
        _expectTimeRevert(authorization);
        _submitTransfer(_token, authorization, signature);
    }

    function test_transferWithAuthorization_revertsAtValidBefore() public {
        Authorization memory authorization = _authorization();
        authorization.validBefore = _START;
        Signature memory signature = _signTransfer(authorization);
        _expectTimeRevert(authorization);
        _submitTransfer(_token, authorization, signature);
    }

    function test_transferWithAuthorization_countsBlocksWhenBothBoundsSaySo() public {
        uint256 flag = 1 << 47;
        Authorization memory authorization = _authorization();
        authorization.validAfter = flag | (block.number - 1);
        authorization.validBefore = flag | (block.number + 1);
        Signature memory signature = _signTransfer(authorization);
        vm.warp(_START + 365 days);
        _submitTransfer(_token, authorization, signature);
        assertEq(_token.balanceOf(_bob.addr), 7);
    }

    function test_transferWithAuthorization_withoutEndIsAlwaysValid() public {
        Authorization memory authorization = _authorization();
        authorization.validAfter = 0;
        authorization.validBefore = type(uint256).max;
        Signature memory signature = _signTransfer(authorization);
        vm.warp(type(uint48).max);
        _submitTransfer(_token, authorization, signature);
        assertEq(_token.balanceOf(_bob.addr), 7);
    }

    function test_transferWithAuthorization_revertsWhenReplayed() public {
        Authorization memory authorization = _authorization();
        Signature memory signature = _signTransfer(authorization);
        _submitTransfer(_token, authorization, signature);
        _expectUsedRevert();
        _submitTransfer(_token, authorization, signature);
    }

    function test_transferWithAuthorization_revertsWhenReplayedMalleated() public {
        Authorization memory authorization = _authorization();
        Signature memory signature = _signTransfer(authorization);
        _submitTransfer(_token, authorization, signature);
        Signature memory twin = _malleate(signature);
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, twin.s));
        _submitTransfer(_token, authorization, twin);
    }

    function test_transferWithAuthorization_revertsWhenSignedForAnotherChain() public {
        Authorization memory authorization = _authorization();
        Signature memory signature = _signTransfer(authorization);
        vm.chainId(block.chainid + 1);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        _submitTransfer(_token, authorization, signature);
    }

    function test_transferWithAuthorization_revertsWhenSignedForAnotherToken() public {
        AIToken twin = new AIToken("AI Token", "AIT", _CAP, address(_manager), _alice.addr, _SUPPLY);
        Authorization memory authorization = _authorization();
        Signature memory signature = _sign(_alice.key, address(twin), _hashTransfer(authorization));
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        _submitTransfer(_token, authorization, signature);
    }

    function test_transferWithAuthorization_revertsWhenSignedToReceive() public {
        Authorization memory authorization = _authorization();
        Signature memory signature = _sign(_alice.key, address(_token), _hashReceive(authorization));
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        _submitTransfer(_token, authorization, signature);
    }

    function test_transferWithAuthorization_failedTransferKeepsTheNonce() public {
        Authorization memory authorization = _authorization();
        authorization.value = _SUPPLY + 1;
        Signature memory signature = _signTransfer(authorization);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientBalance.selector);
        _submitTransfer(_token, authorization, signature);
        assertFalse(_token.authorizationState(_alice.addr, _NONCE));
    }

    function test_receiveWithAuthorization() public {
        Authorization memory authorization = _authorization();
        Signature memory signature = _sign(_alice.key, address(_token), _hashReceive(authorization));
        vm.prank(_bob.addr);
        _submitReceive(_token, authorization, signature);
        assertEq(_token.balanceOf(_bob.addr), 7);
    }

    function testFuzz_receiveWithAuthorization_revertsWhenCallerIsNotPayee(address caller) public {
        vm.assume(caller != _bob.addr);
        Authorization memory authorization = _authorization();
        Signature memory signature = _sign(_alice.key, address(_token), _hashReceive(authorization));
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, _bob.addr));
        vm.prank(caller);
        _submitReceive(_token, authorization, signature);
    }

    function test_receiveWithAuthorization_revertsWhenSignedToTransfer() public {
        Authorization memory authorization = _authorization();
        Signature memory signature = _signTransfer(authorization);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        vm.prank(_bob.addr);
        _submitReceive(_token, authorization, signature);
    }

    function test_receiveWithAuthorization_revertsWhenNonceWasUsedByTransfer() public {
        Authorization memory authorization = _authorization();
        _submitTransfer(_token, authorization, _signTransfer(authorization));
        Signature memory signature = _sign(_alice.key, address(_token), _hashReceive(authorization));
        _expectUsedRevert();
        vm.prank(_bob.addr);
        _submitReceive(_token, authorization, signature);
    }

    function test_cancelAuthorization() public {
        Authorization memory authorization = _authorization();
        Signature memory signature = _signTransfer(authorization);
        _cancel(_alice.key);
        assertTrue(_token.authorizationState(_alice.addr, _NONCE));
        _expectUsedRevert();
        _submitTransfer(_token, authorization, signature);
    }

    function test_cancelAuthorization_emits() public {
        vm.expectEmit(address(_token));
        emit IERC3009Cancel.AuthorizationCanceled(_alice.addr, _NONCE);
        _cancel(_alice.key);
    }

    function test_cancelAuthorization_revertsWhenUsed() public {
        Authorization memory authorization = _authorization();
        _submitTransfer(_token, authorization, _signTransfer(authorization));
        Signature memory signature = _sign(_alice.key, address(_token), _hashCancel(_alice.addr, _NONCE));
        _expectUsedRevert();
        _token.cancelAuthorization(_alice.addr, _NONCE, signature.v, signature.r, signature.s);
    }

    function test_cancelAuthorization_revertsWhenSignerIsNotAuthorizer() public {
        Signature memory signature = _sign(_bob.key, address(_token), _hashCancel(_alice.addr, _NONCE));
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        _token.cancelAuthorization(_alice.addr, _NONCE, signature.v, signature.r, signature.s);
    }

    function testFuzz_transferWithAuthorization(bytes32 nonce, uint256 value, uint256 time) public {
        Authorization memory authorization = _authorization();
        authorization.nonce = nonce;
        authorization.value = bound(value, 0, _SUPPLY);
        authorization.validBefore = bound(time, _START + 1, type(uint256).max);
        _submitTransfer(_token, authorization, _signTransfer(authorization));
        assertEq(_token.balanceOf(_bob.addr), authorization.value);
    }

    function testFuzz_transferWithAuthorization_revertsWhenAFieldIsAltered(uint8 field, uint160 change)
        public
    {
        change = uint160(bound(change, 1, type(uint160).max));
        Authorization memory authorization = _authorization();
        Signature memory signature = _signTransfer(authorization);

        field = uint8(bound(field, 0, 5));
        if (field == 0) authorization.from = address(uint160(authorization.from) ^ change);
        if (field == 1) authorization.to = address(uint160(authorization.to) ^ change);
        if (field == 2) authorization.value ^= change;
        if (field == 3) authorization.validAfter ^= change;
        if (field == 4) authorization.validBefore ^= change;
        if (field == 5) authorization.nonce ^= bytes32(uint256(change));

        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        _submitTransfer(_token, authorization, signature);
        assertEq(_token.balanceOf(_alice.addr), _SUPPLY);
    }

    function _cancel(uint256 key) private {
        Signature memory signature = _sign(key, address(_token), _hashCancel(vm.addr(key), _NONCE));
        _token.cancelAuthorization(vm.addr(key), _NONCE, signature.v, signature.r, signature.s);
    }
}
