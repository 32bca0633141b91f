// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {AIToken} from "../../src/core/AIToken.sol";
import {AITokenFixture} from "./AITokenFixture.sol";

contract AITokenPermitTest is AITokenFixture {
    function _permit() private view returns (Permit memory) {
        return Permit({owner: _alice.addr, spender: _bob.addr, value: 7, nonce: 0, deadline: _START});
    }

    function test_permit_validAtItsDeadline() public {
        Permit memory permit = _permit();
        vm.expectEmit(address(_token));
        emit IERC20.Approval(_alice.addr, _bob.addr, 7);
        _submit(_token, permit, _sign(_alice.key, address(_token), _hash(permit)));
        assertEq(_token.allowance(_alice.addr, _bob.addr), 7);
        assertEq(_token.nonces(_alice.addr), 1);
    }

    function test_permit_revertsWhenExpired() public {
        Permit memory permit = _permit();
        Signature memory signature = _sign(_alice.key, address(_token), _hash(permit));
        vm.warp(permit.deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(ERC20Permit.ERC2612ExpiredSignature.selector, permit.deadline));
        _submit(_token, permit, signature);
    }

    function test_permit_revertsWhenReplayed() public {
        Permit memory permit = _permit();
        Signature memory signature = _sign(_alice.key, address(_token), _hash(permit));
        _submit(_token, permit, signature);
        vm.expectPartialRevert(ERC20Permit.ERC2612InvalidSigner.selector);
        _submit(_token, permit, signature);
    }

    function test_permit_revertsWhenSignedForAnotherChain() public {
        Permit memory permit = _permit();
        Signature memory signature = _sign(_alice.key, address(_token), _hash(permit));
        vm.chainId(block.chainid + 1);
        vm.expectPartialRevert(ERC20Permit.ERC2612InvalidSigner.selector);
        _submit(_token, permit, signature);
    }

    function test_permit_followsItsChainAfterAFork() public {
        Permit memory permit = _permit();
        vm.chainId(block.chainid + 1);
        _submit(_token, permit, _sign(_alice.key, address(_token), _hash(permit)));
        assertEq(_token.allowance(_alice.addr, _bob.addr), 7);
    }

    function test_permit_revertsWhenSignedForAnotherToken() public {
        AIToken twin = new AIToken("AI Token", "AIT", _CAP, address(_manager), _alice.addr, _SUPPLY);
        Permit memory permit = _permit();
        Signature memory signature = _sign(_alice.key, address(twin), _hash(permit));
        vm.expectPartialRevert(ERC20Permit.ERC2612InvalidSigner.selector);
        _submit(_token, permit, signature);
    }

    function test_permit_revertsWhenSignatureIsMalleated() public {
        Permit memory permit = _permit();
        Signature memory twin = _malleate(_sign(_alice.key, address(_token), _hash(permit)));
        assertEq(_recover(permit, twin), _alice.addr, "the twin would verify");
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, twin.s));
        _submit(_token, permit, twin);
    }

    function test_permit_revertsWhenOwnerIsZeroAndRecoveryFails() public {
        Permit memory permit = _permit();
        permit.owner = address(0);
        vm.expectRevert(ECDSA.ECDSAInvalidSignature.selector);
        _submit(_token, permit, Signature(27, 0, 0));
    }

    function test_permit_frontRunStillLeavesTheAllowance() public {
        Permit memory permit = _permit();
        Signature memory signature = _sign(_alice.key, address(_token), _hash(permit));
        vm.prank(_mallory);
        _submit(_token, permit, signature);

        vm.startPrank(_bob.addr);
        vm.expectPartialRevert(ERC20Permit.ERC2612InvalidSigner.selector);
        _submit(_token, permit, signature);
        assertTrue(_token.transferFrom(_alice.addr, _bob.addr, permit.value));
        assertEq(_token.balanceOf(_bob.addr), permit.value);
    }

    function test_permit_sharesItsNonceWithDelegation() public {
        Permit memory permit = _permit();
        Delegation memory delegation = Delegation(_bob.addr, 1, _START);
        _submit(_token, permit, _sign(_alice.key, address(_token), _hash(permit)));
        _submit(_token, delegation, _sign(_alice.key, address(_token), _hash(delegation)));
        assertEq(_token.nonces(_alice.addr), 2);
    }

    function testFuzz_permit(uint256 value, uint256 deadline, address spender, uint256 key) public {
        vm.assume(spender != address(0));
        key = bound(key, 1, _ORDER - 1);
        Permit memory permit =
            Permit(vm.addr(key), spender, value, 0, bound(deadline, _START, type(uint256).max));
        _submit(_token, permit, _sign(key, address(_token), _hash(permit)));
        assertEq(_token.allowance(permit.owner, spender), value);
    }

    function testFuzz_permit_revertsWhenAFieldIsAltered(uint8 field, uint160 change) public {
        change = uint160(bound(change, 1, type(uint160).max - 1));
        Permit memory permit = _permit();
        Signature memory signature = _sign(_alice.key, address(_token), _hash(permit));

        field = uint8(bound(field, 0, 4));
        if (field == 0) permit.owner = address(uint160(permit.owner) ^ change);
        if (field == 1) permit.spender = address(uint160(permit.spender) ^ change);
        if (field == 2) permit.value ^= change;
        if (field == 3) permit.deadline += change;
        if (field == 4) {
            // The token reads the nonce from its own storage: move it by spending another permit first.
            Permit memory other = Permit(_alice.addr, _mallory, change, 0, _START);
            _submit(_token, other, _sign(_alice.key, address(_token), _hash(other)));
        }

        vm.expectPartialRevert(ERC20Permit.ERC2612InvalidSigner.selector);
        _submit(_token, permit, signature);
        assertEq(_token.allowance(_alice.addr, _bob.addr), 0);
    }

    function testFuzz_permit_refusesAnyOtherSignature(uint8 v, bytes32 r, bytes32 s) public {
        Permit memory permit = _permit();
        Signature memory genuine = _sign(_alice.key, address(_token), _hash(permit));
        vm.assume(v != genuine.v || r != genuine.r || s != genuine.s);
        vm.expectRevert();
        _submit(_token, permit, Signature(v, r, s));
        assertEq(_token.allowance(_alice.addr, _bob.addr), 0);
    }

    function _recover(Permit memory permit, Signature memory signature) private view returns (address) {
        bytes32 digest =
            keccak256(abi.encodePacked(hex"1901", _domain(address(_token), block.chainid), _hash(permit)));
        return ecrecover(digest, signature.v, signature.r, signature.s);
    }
}
