// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {Test} from "forge-std/Test.sol";

import {AIToken} from "../../../src/core/AIToken.sol";
import {AITokenSigner} from "../AITokenSigner.sol";
import {TokenWorld} from "./TokenWorld.sol";

/// Holders who use the token as intended.
contract HolderHandler is Test, AITokenSigner {
    TokenWorld private immutable _world;
    AIToken private immutable _token;

    Authorization[] private _spent;
    Signature[] private _signatures;

    constructor(TokenWorld world) {
        _world = world;
        _token = world.token();
    }

    modifier onTime() {
        vm.warp(_world.time());
        _;
    }

    function wait(uint256 duration) external onTime {
        _world.pass(bound(duration, 1, 3 days));
    }

    function transfer(uint256 from, uint256 to, uint256 amount) external onTime {
        (address sender, address recipient) = (_world.anyone(from), _world.anyone(to));
        amount = bound(amount, 0, _token.balanceOf(sender));
        vm.prank(sender);
        assertTrue(_token.transfer(recipient, amount));
    }

    function transferFrom(uint256 from, uint256 spender, uint256 to, uint256 amount) external onTime {
        (address owner, address operator) = (_world.holder(from).addr, _world.holder(spender).addr);
        address recipient = _world.anyone(to);
        amount = bound(amount, 0, _token.balanceOf(owner));
        vm.prank(owner);
        _token.approve(operator, amount);
        vm.prank(operator);
        assertTrue(_token.transferFrom(owner, recipient, amount));
    }

    function delegate(uint256 from, uint256 to) external onTime {
        (address delegator, address delegatee) = (_world.anyone(from), _world.anyone(to));
        vm.prank(delegator);
        _token.delegate(delegatee);
    }

    function delegateBySig(uint256 from, uint256 to) external onTime {
        Account memory signer = _world.holder(from);
        Delegation memory delegation =
            Delegation(_world.anyone(to), _token.nonces(signer.addr), _world.time());
        _submit(_token, delegation, _sign(signer.key, address(_token), _hash(delegation)));
    }

    function mint(uint256 to, uint256 amount) external onTime {
        (address minter, address recipient) = (_world.minter(), _world.anyone(to));
        // Leaves room under the cap for what bridges bring in.
        amount = bound(amount, 0, (_token.cap() - _token.totalSupply()) / 100);
        vm.prank(minter);
        _token.mint(recipient, amount);
    }

    function burn(uint256 from, uint256 amount) external onTime {
        address owner = _world.anyone(from);
        amount = bound(amount, 0, _token.balanceOf(owner));
        vm.prank(owner);
        _token.burn(amount);
    }

    function pay(uint256 from, uint256 to, uint256 amount, bytes32 nonce) external onTime {
        Account memory payer = _world.holder(from);
        (Authorization memory authorization, Signature memory signature) =
            _authorize(payer, to, amount, nonce);
        if (_expectsUsed(payer.addr, nonce)) return _submitTransfer(_token, authorization, signature);

        _submitTransfer(_token, authorization, signature);
        _remember(authorization, signature);
    }

    function cancel(uint256 from, uint256 to, uint256 amount, bytes32 nonce) external onTime {
        Account memory payer = _world.holder(from);
        (Authorization memory authorization, Signature memory signature) =
            _authorize(payer, to, amount, nonce);
        Signature memory s = _sign(payer.key, address(_token), _hashCancel(payer.addr, nonce));
        bool used = _expectsUsed(payer.addr, nonce);
        _token.cancelAuthorization(payer.addr, nonce, s.v, s.r, s.s);
        if (!used) _remember(authorization, signature);
    }

    /// How many authorizations were used or cancelled.
    function count() external view returns (uint256) {
        return _spent.length;
    }

    /// One that was used or cancelled, with its genuine signature.
    function spent(uint256 index) external view returns (Authorization memory, Signature memory) {
        return (_spent[index], _signatures[index]);
    }

    function _authorize(Account memory payer, uint256 to, uint256 amount, bytes32 nonce)
        private
        view
        returns (Authorization memory authorization, Signature memory signature)
    {
        amount = bound(amount, 0, _token.balanceOf(payer.addr));
        authorization = Authorization(payer.addr, _world.anyone(to), amount, 0, type(uint256).max, nonce);
        signature = _sign(payer.key, address(_token), _hashTransfer(authorization));
    }

    function _expectsUsed(address payer, bytes32 nonce) private returns (bool used) {
        used = _token.authorizationState(payer, nonce);
        if (used) {
            vm.expectRevert(abi.encodeWithSelector(ERC3009.ERC3009UsedAuthorization.selector, payer, nonce));
        }
    }

    function _remember(Authorization memory authorization, Signature memory signature) private {
        _spent.push(authorization);
        _signatures.push(signature);
    }
}
