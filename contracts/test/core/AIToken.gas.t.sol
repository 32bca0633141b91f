// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {AIToken} from "../../src/core/AIToken.sol";
import {AITokenFixture} from "./AITokenFixture.sol";
import {AcceptingReceiver} from "./AITokenReceivers.sol";

/// What each operation costs as a whole transaction, committed so that a change shows in review.
contract AITokenGasTest is AITokenFixture {
    string private constant _GROUP = "AIToken";

    address private immutable _carol = makeAddr("carol");

    function setUp() public override {
        super.setUp();
        vm.startPrank(_alice.addr);
        assertTrue(_token.transfer(_bob.addr, 1000));
        assertTrue(_token.transfer(_bridge, 1000));
        _token.approve(_bridge, 1000);
        vm.stopPrank();
        _setLimits(_bridge, 1000, 1000, 100);
        vm.warp(_START + 1);
    }

    function _snapshot(string memory operation) private {
        vm.snapshotGasLastCall(_GROUP, operation);
    }

    function _delegateBoth() private {
        vm.prank(_alice.addr);
        _token.delegate(_alice.addr);
        vm.prank(_bob.addr);
        _token.delegate(_bob.addr);
        vm.warp(_START + 2);
    }

    function _authorization() private view returns (Authorization memory) {
        return Authorization(_alice.addr, _bob.addr, 1, 0, _START + 100, keccak256("nonce"));
    }

    function test_gas_transfer() public {
        vm.prank(_alice.addr);
        assertTrue(_token.transfer(_bob.addr, 1));
        _snapshot("transfer");
    }

    function test_gas_transferToNewHolder() public {
        vm.prank(_alice.addr);
        assertTrue(_token.transfer(_carol, 1));
        _snapshot("transferToNewHolder");
    }

    function test_gas_transferDelegated() public {
        _delegateBoth();
        vm.prank(_alice.addr);
        assertTrue(_token.transfer(_bob.addr, 1));
        _snapshot("transferDelegated");
    }

    function test_gas_transferFrom() public {
        vm.prank(_bridge);
        assertTrue(_token.transferFrom(_alice.addr, _bob.addr, 1));
        _snapshot("transferFrom");
    }

    function test_gas_transferAndCall() public {
        AcceptingReceiver receiver = new AcceptingReceiver();
        vm.prank(_alice.addr);
        assertTrue(_token.transferAndCall(address(receiver), 1));
        _snapshot("transferAndCall");
    }

    function test_gas_approve() public {
        vm.prank(_alice.addr);
        _token.approve(_bob.addr, 1);
        _snapshot("approve");
    }

    function test_gas_permit() public {
        Permit memory permit = Permit(_alice.addr, _bob.addr, 1, 0, _START + 100);
        _submit(_token, permit, _sign(_alice.key, address(_token), _hash(permit)));
        _snapshot("permit");
    }

    function test_gas_transferWithAuthorization() public {
        Authorization memory authorization = _authorization();
        _submitTransfer(
            _token, authorization, _sign(_alice.key, address(_token), _hashTransfer(authorization))
        );
        _snapshot("transferWithAuthorization");
    }

    function test_gas_receiveWithAuthorization() public {
        Authorization memory authorization = _authorization();
        Signature memory signature = _sign(_alice.key, address(_token), _hashReceive(authorization));
        vm.prank(_bob.addr);
        _submitReceive(_token, authorization, signature);
        _snapshot("receiveWithAuthorization");
    }

    function test_gas_cancelAuthorization() public {
        bytes32 nonce = keccak256("nonce");
        Signature memory signature = _sign(_alice.key, address(_token), _hashCancel(_alice.addr, nonce));
        _token.cancelAuthorization(_alice.addr, nonce, signature.v, signature.r, signature.s);
        _snapshot("cancelAuthorization");
    }

    function test_gas_delegate() public {
        vm.prank(_alice.addr);
        _token.delegate(_alice.addr);
        _snapshot("delegate");
    }

    function test_gas_delegateBySig() public {
        Delegation memory delegation = Delegation(_bob.addr, 0, _START + 100);
        _submit(_token, delegation, _sign(_alice.key, address(_token), _hash(delegation)));
        _snapshot("delegateBySig");
    }

    function test_gas_mint() public {
        vm.prank(_minter);
        _token.mint(_bob.addr, 1);
        _snapshot("mint");
    }

    function test_gas_burn() public {
        vm.prank(_alice.addr);
        _token.burn(1);
        _snapshot("burn");
    }

    function test_gas_crosschainMint() public {
        vm.prank(_bridge);
        _token.crosschainMint(_bob.addr, 1);
        _snapshot("crosschainMint");
    }

    function test_gas_crosschainBurn() public {
        vm.prank(_bridge);
        _token.crosschainBurn(_alice.addr, 1);
        _snapshot("crosschainBurn");
    }

    function test_gas_setBridgeLimits() public {
        _setLimits(_carol, 1000, 1000, 100);
        _snapshot("setBridgeLimits");
    }

    function test_size() public {
        uint256 size = address(_token).code.length;
        vm.snapshotValue(_GROUP, "runtimeBytes", size);
        vm.snapshotValue(_GROUP, "creationBytes", type(AIToken).creationCode.length);
        assertLt(size, 22_000);
    }
}
