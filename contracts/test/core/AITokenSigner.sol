// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {CommonBase} from "forge-std/Base.sol";

import {AIToken} from "../../src/core/AIToken.sol";

/// Signs what the token accepts, from the words of the standards: nothing here is read from the token.
abstract contract AITokenSigner is CommonBase {
    struct Permit {
        address owner;
        address spender;
        uint256 value;
        uint256 nonce;
        uint256 deadline;
    }

    struct Delegation {
        address delegatee;
        uint256 nonce;
        uint256 expiry;
    }

    struct Authorization {
        address from;
        address to;
        uint256 value;
        uint256 validAfter;
        uint256 validBefore;
        bytes32 nonce;
    }

    struct Signature {
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    /// Order of the secp256k1 group: (r, s) and (r, order - s) sign the same message.
    uint256 internal constant _ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    function _domain(address token, uint256 chainId) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("AI Token"),
                keccak256("1"),
                chainId,
                token
            )
        );
    }

    function _hash(Permit memory permit) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
                ),
                permit
            )
        );
    }

    function _hash(Delegation memory delegation) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(keccak256("Delegation(address delegatee,uint256 nonce,uint256 expiry)"), delegation)
        );
    }

    function _hashTransfer(Authorization memory authorization) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                ),
                authorization
            )
        );
    }

    function _hashReceive(Authorization memory authorization) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                ),
                authorization
            )
        );
    }

    function _hashCancel(address authorizer, bytes32 nonce) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(keccak256("CancelAuthorization(address authorizer,bytes32 nonce)"), authorizer, nonce)
        );
    }

    function _sign(uint256 key, address token, bytes32 structHash) internal view returns (Signature memory) {
        return _sign(key, _domain(token, block.chainid), structHash);
    }

    function _sign(uint256 key, bytes32 domain, bytes32 structHash) internal pure returns (Signature memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, MessageHashUtils.toTypedDataHash(domain, structHash));
        return Signature(v, r, s);
    }

    /// The other signature of the same message, which a strict verifier refuses.
    function _malleate(Signature memory signature) internal pure returns (Signature memory) {
        return Signature(signature.v == 27 ? 28 : 27, signature.r, bytes32(_ORDER - uint256(signature.s)));
    }

    function _submit(AIToken token, Permit memory p, Signature memory s) internal {
        token.permit(p.owner, p.spender, p.value, p.deadline, s.v, s.r, s.s);
    }

    function _submit(AIToken token, Delegation memory d, Signature memory s) internal {
        token.delegateBySig(d.delegatee, d.nonce, d.expiry, s.v, s.r, s.s);
    }

    function _submitTransfer(AIToken token, Authorization memory a, Signature memory s) internal {
        token.transferWithAuthorization(
            a.from, a.to, a.value, a.validAfter, a.validBefore, a.nonce, s.v, s.r, s.s
        );
    }

    function _submitReceive(AIToken token, Authorization memory a, Signature memory s) internal {
        token.receiveWithAuthorization(
            a.from, a.to, a.value, a.validAfter, a.validBefore, a.nonce, s.v, s.r, s.s
        );
    }
}
