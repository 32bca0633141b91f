// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {DeployPermit2} from "permit2/test/utils/DeployPermit2.sol";

import {Authorization, Channel, Consent, Permit, Permit2Transfer} from "../../src/inference/ChannelTypes.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {ChannelFixture} from "./ChannelFixture.sol";
import {FeeOnTransferToken} from "./TestTokens.sol";

/// The domain of what Permit2 is given to check.
interface IPermit2Domain {
    function DOMAIN_SEPARATOR() external view returns (bytes32);
}

/// Pitfall 16, however the money comes: less than what was signed for opens and credits nothing.
contract PaymentChannelsArrivalsTest is ChannelFixture, DeployPermit2 {
    bytes32 private constant _RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 private constant _PERMISSIONS = keccak256("TokenPermissions(address token,uint256 amount)");
    bytes32 private constant _OPEN_TRANSFER = keccak256(
        "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,ChannelOpen witness)ChannelOpen(bytes32 channelId)TokenPermissions(address token,uint256 amount)"
    );
    uint256 private constant _UNTIL = _START + 1 hours;

    FeeOnTransferToken private _costly;
    Channel private _c;
    IPermit2Domain private _permit2;

    function setUp() public override {
        super.setUp();
        _permit2 = IPermit2Domain(deployPermit2());
        _costly = new FeeOnTransferToken();
        _costly.mint(_alice.addr, _FUNDS);
        vm.startPrank(_alice.addr);
        _costly.approve(address(_permit2), type(uint256).max);
        _costly.approve(address(_channels), type(uint256).max);
        vm.stopPrank();
        _c = _channel(1);
        _c.token = address(_costly);
    }

    function _authorize(uint256 amount, bytes32 nonce) private view returns (Authorization memory) {
        bytes32 structHash =
            keccak256(abi.encode(_RECEIVE, _alice.addr, address(_channels), amount, 0, _UNTIL, nonce));
        bytes32 digest = _digest(_costly.DOMAIN_SEPARATOR(), structHash);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_alice.key, digest);
        return Authorization(0, _UNTIL, v, r, s);
    }

    function _authorizeOpen(uint256 amount) private view returns (Authorization memory) {
        return _authorize(amount, keccak256(abi.encode(keccak256("PaymentChannels.open"), _idOf(_c))));
    }

    /// Of 100 tokens, 99 arrive.
    function _expectMismatch(uint256 held) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IChannelLedger.ChannelsDepositMismatch.selector, _costly, held + 100 ether, held + 99 ether
            )
        );
    }

    function test_openWithAuthorization_refusesLessThanWasSigned() public {
        Authorization memory authorization = _authorizeOpen(_DEPOSIT);
        _expectMismatch(0);
        _channels.openWithAuthorization(_c, _DEPOSIT, authorization);
    }

    function test_topUpWithAuthorization_refusesLessThanWasSigned() public {
        // Too small to be charged.
        _channels.openWithAuthorization(_c, 99, _authorizeOpen(99));
        bytes32 nonce =
            keccak256(abi.encode(keccak256("PaymentChannels.topUp"), _idOf(_c), uint256(_DEPOSIT) + 99));
        Authorization memory authorization = _authorize(_DEPOSIT, nonce);
        _expectMismatch(99);
        _channels.topUpWithAuthorization(_c, _DEPOSIT, authorization);
        assertEq(_stateOf(_c).deposit, 99);
    }

    function test_depositWithAuthorization_refusesLessThanWasSigned() public {
        bytes32 nonce =
            keccak256(abi.encode(keccak256("PaymentChannels.deposit"), _alice.addr, bytes32("salt")));
        Authorization memory authorization = _authorize(_DEPOSIT, nonce);
        _expectMismatch(0);
        _channels.depositWithAuthorization(_alice.addr, address(_costly), _DEPOSIT, "salt", authorization);
    }

    function test_openWithPermit_refusesLessThanWasSigned() public {
        Permit memory none;
        _expectMismatch(0);
        vm.prank(_alice.addr);
        _channels.openWithPermit(_c, _DEPOSIT, none, Consent(0, ""));
    }

    function test_openWithPermit2_refusesLessThanWasSigned() public {
        bytes32 permissions = keccak256(abi.encode(_PERMISSIONS, address(_costly), _DEPOSIT));
        bytes32 witness = keccak256(abi.encode(keccak256("ChannelOpen(bytes32 channelId)"), _idOf(_c)));
        bytes32 structHash =
            keccak256(abi.encode(_OPEN_TRANSFER, permissions, address(_channels), 7, _UNTIL, witness));
        bytes memory signature = _sign(_alice.key, _digest(_permit2.DOMAIN_SEPARATOR(), structHash));
        _expectMismatch(0);
        _channels.openWithPermit2(_c, _DEPOSIT, Permit2Transfer(7, _UNTIL, signature));
    }
}
