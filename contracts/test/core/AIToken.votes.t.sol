// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {AIToken} from "../../src/core/AIToken.sol";
import {AITokenFixture} from "./AITokenFixture.sol";

contract AITokenVotesTest is AITokenFixture {
    function test_clock_countsSeconds() public {
        vm.warp(_START + 5);
        vm.roll(99);
        assertEq(_token.clock(), _START + 5);
        assertEq(_token.CLOCK_MODE(), "mode=timestamp");
    }

    function test_delegate() public {
        vm.expectEmit(address(_token));
        emit IVotes.DelegateChanged(_alice.addr, address(0), _bob.addr);
        vm.expectEmit(address(_token));
        emit IVotes.DelegateVotesChanged(_bob.addr, 0, _SUPPLY);
        vm.prank(_alice.addr);
        _token.delegate(_bob.addr);
        assertEq(_token.delegates(_alice.addr), _bob.addr);
    }

    function test_delegate_withoutItBalancesAreNoVotes() public view {
        assertEq(_token.getVotes(_alice.addr), 0);
        assertEq(_token.balanceOf(_alice.addr), _SUPPLY);
    }

    function test_delegate_toZeroTakesVotesBack() public {
        vm.startPrank(_alice.addr);
        _token.delegate(_bob.addr);
        _token.delegate(address(0));
        assertEq(_token.getVotes(_bob.addr), 0);
    }

    function test_delegate_twiceCountsOnce() public {
        vm.startPrank(_alice.addr);
        _token.delegate(_bob.addr);
        _token.delegate(_bob.addr);
        assertEq(_token.getVotes(_bob.addr), _SUPPLY);
    }

    /// The same tokens vote through Alice at one time and through Bob at a later one, never through both.
    function test_getPastVotes_movedTokensDoNotVoteTwice() public {
        vm.prank(_alice.addr);
        _token.delegate(_alice.addr);
        vm.prank(_bob.addr);
        _token.delegate(_bob.addr);

        vm.warp(_START + 10);
        vm.prank(_alice.addr);
        assertTrue(_token.transfer(_bob.addr, _SUPPLY));
        vm.warp(_START + 20);

        assertEq(_token.getPastVotes(_alice.addr, _START + 9), _SUPPLY);
        assertEq(_token.getPastVotes(_bob.addr, _START + 9), 0);
        assertEq(_token.getPastVotes(_alice.addr, _START + 10), 0);
        assertEq(_token.getPastVotes(_bob.addr, _START + 10), _SUPPLY);
    }

    /// Within one timestamp only the last state counts: tokens borrowed and returned never voted.
    function test_getPastVotes_ignoresTokensBorrowedWithinASecond() public {
        vm.prank(_mallory);
        _token.delegate(_mallory);
        vm.prank(_alice.addr);
        assertTrue(_token.transfer(_mallory, _SUPPLY));
        assertEq(_token.getVotes(_mallory), _SUPPLY);
        vm.prank(_mallory);
        assertTrue(_token.transfer(_alice.addr, _SUPPLY));

        vm.warp(_START + 1);
        assertEq(_token.getPastVotes(_mallory, _START), 0);
        assertEq(_token.numCheckpoints(_mallory), 1);
    }

    function test_getPastVotes_revertsWhenTimepointIsNow() public {
        vm.expectRevert(abi.encodeWithSelector(Votes.ERC5805FutureLookup.selector, _START, uint48(_START)));
        _token.getPastVotes(_alice.addr, _START);
    }

    function test_getPastTotalSupply_revertsWhenTimepointIsNow() public {
        vm.expectRevert(abi.encodeWithSelector(Votes.ERC5805FutureLookup.selector, _START, uint48(_START)));
        _token.getPastTotalSupply(_START);
    }

    function test_getPastTotalSupply_followsMintAndBurn() public {
        vm.warp(_START + 10);
        vm.prank(_minter);
        _token.mint(_bob.addr, 5);
        vm.warp(_START + 20);
        vm.prank(_bob.addr);
        _token.burn(2);
        vm.warp(_START + 30);
        assertEq(_token.getPastTotalSupply(_START - 1), 0);
        assertEq(_token.getPastTotalSupply(_START), _SUPPLY);
        assertEq(_token.getPastTotalSupply(_START + 10), _SUPPLY + 5);
        assertEq(_token.getPastTotalSupply(_START + 29), _SUPPLY + 3);
    }

    function test_delegateBySig_validAtItsExpiry() public {
        Delegation memory delegation = Delegation(_bob.addr, 0, _START);
        Signature memory signature = _sign(_alice.key, address(_token), _hash(delegation));
        vm.prank(_mallory);
        _submit(_token, delegation, signature);
        assertEq(_token.delegates(_alice.addr), _bob.addr);
        assertEq(_token.getVotes(_bob.addr), _SUPPLY);
    }

    function test_delegateBySig_revertsWhenExpired() public {
        Delegation memory delegation = Delegation(_bob.addr, 0, _START);
        Signature memory signature = _sign(_alice.key, address(_token), _hash(delegation));
        vm.warp(_START + 1);
        vm.expectRevert(abi.encodeWithSelector(IVotes.VotesExpiredSignature.selector, _START));
        _submit(_token, delegation, signature);
    }

    function test_delegateBySig_revertsWhenReplayed() public {
        Delegation memory delegation = Delegation(_bob.addr, 0, _START);
        Signature memory signature = _sign(_alice.key, address(_token), _hash(delegation));
        _submit(_token, delegation, signature);
        vm.expectRevert(abi.encodeWithSelector(Nonces.InvalidAccountNonce.selector, _alice.addr, 1));
        _submit(_token, delegation, signature);
    }

    function test_delegateBySig_revertsWhenNonceSkipsOne() public {
        Delegation memory delegation = Delegation(_bob.addr, 1, _START);
        Signature memory signature = _sign(_alice.key, address(_token), _hash(delegation));
        vm.expectRevert(abi.encodeWithSelector(Nonces.InvalidAccountNonce.selector, _alice.addr, 0));
        _submit(_token, delegation, signature);
    }

    function test_delegateBySig_revertsWhenSignatureIsMalleated() public {
        Delegation memory delegation = Delegation(_bob.addr, 0, _START);
        Signature memory twin = _malleate(_sign(_alice.key, address(_token), _hash(delegation)));
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, twin.s));
        _submit(_token, delegation, twin);
    }

    function test_delegateBySig_doesNothingForAliceWhenSignedForAnotherChain() public {
        Delegation memory delegation = Delegation(_bob.addr, 0, _START);
        Signature memory signature = _sign(_alice.key, address(_token), _hash(delegation));
        vm.chainId(block.chainid + 1);
        _submit(_token, delegation, signature);
        assertEq(_token.delegates(_alice.addr), address(0));
        assertEq(_token.getVotes(_bob.addr), 0);
    }

    function test_delegateBySig_doesNothingForAliceWhenSignedForAnotherToken() public {
        AIToken twin = new AIToken("AI Token", "AIT", _CAP, address(_manager), _alice.addr, _SUPPLY);
        Delegation memory delegation = Delegation(_bob.addr, 0, _START);
        _submit(_token, delegation, _sign(_alice.key, address(twin), _hash(delegation)));
        assertEq(_token.delegates(_alice.addr), address(0));
        assertEq(_token.getVotes(_bob.addr), 0);
    }

    /// A delegation names no signer: an altered one is that of whatever address it recovers to, which holds nothing.
    function testFuzz_delegateBySig_doesNothingForAliceWhenAFieldIsAltered(uint8 field, uint160 change)
        public
    {
        change = uint160(bound(change, 1, type(uint160).max));
        Delegation memory delegation = Delegation(_bob.addr, 0, _START);
        Signature memory signature = _sign(_alice.key, address(_token), _hash(delegation));

        field = uint8(bound(field, 0, 2));
        if (field == 0) delegation.delegatee = address(uint160(delegation.delegatee) ^ change);
        if (field == 1) delegation.nonce ^= change;
        if (field == 2) delegation.expiry += change;

        if (field == 1) vm.expectPartialRevert(Nonces.InvalidAccountNonce.selector);
        _submit(_token, delegation, signature);
        assertEq(_token.delegates(_alice.addr), address(0));
        assertEq(_token.nonces(_alice.addr), 0);
        assertEq(_token.getVotes(delegation.delegatee), 0);
    }

    function testFuzz_getVotes_followTheTokens(uint256 moved, uint256 burned) public {
        moved = bound(moved, 0, _SUPPLY);
        burned = bound(burned, 0, moved);
        vm.prank(_alice.addr);
        _token.delegate(_alice.addr);
        vm.prank(_bob.addr);
        _token.delegate(_mallory);
        vm.prank(_alice.addr);
        assertTrue(_token.transfer(_bob.addr, moved));
        vm.prank(_bob.addr);
        _token.burn(burned);
        assertEq(_token.getVotes(_alice.addr), _SUPPLY - moved);
        assertEq(_token.getVotes(_mallory), moved - burned);
    }
}
