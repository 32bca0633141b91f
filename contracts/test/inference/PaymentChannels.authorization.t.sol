// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";

import {Authorization, Channel} from "../../src/inference/ChannelTypes.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {IPaymentChannels} from "../../src/inference/IPaymentChannels.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// Gasless funding by ERC-3009: the nonce says what the money is for.
contract PaymentChannelsAuthorizationTest is ChannelFixture {
    bytes32 private constant _OPEN = keccak256("PaymentChannels.open");
    bytes32 private constant _TOP_UP = keccak256("PaymentChannels.topUp");
    bytes32 private constant _DEPOSIT_TAG = keccak256("PaymentChannels.deposit");

    function setUp() public override {
        super.setUp();
        vm.prank(_alice.addr);
        _token.approve(address(_channels), 0);
    }

    function _authorize(uint256 key, address to, uint256 amount, bytes32 nonce)
        private
        view
        returns (Authorization memory authorization)
    {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                ),
                _alice.addr,
                to,
                amount,
                0,
                _START + 1 hours,
                nonce
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, _digest(_token.DOMAIN_SEPARATOR(), structHash));
        return Authorization(0, _START + 1 hours, v, r, s);
    }

    function _openNonce(Channel memory channel) private view returns (bytes32) {
        return keccak256(abi.encode(_OPEN, _idOf(channel)));
    }

    function _authorizeOpen(Channel memory channel) private view returns (Authorization memory) {
        return _authorize(_alice.key, address(_channels), _DEPOSIT, _openNonce(channel));
    }

    function test_openWithAuthorization_opensForThePayer() public {
        Channel memory channel = _channel(1);
        Authorization memory authorization = _authorizeOpen(channel);
        vm.prank(_rita);
        bytes32 id = _channels.openWithAuthorization(channel, _DEPOSIT, authorization);
        vm.snapshotGasLastCall("PaymentChannels", "openWithAuthorization");
        assertEq(id, _idOf(channel));
        assertEq(_stateOf(channel).deposit, _DEPOSIT);
        assertEq(_token.balanceOf(_alice.addr), _FUNDS - _DEPOSIT);
    }

    /// Pitfall 14: what Alice signed for Paul opens nothing for Mallory, whoever sends it first.
    function test_openWithAuthorization_cannotBeFrontRunWithAnotherPayee() public {
        Channel memory channel = _channel(1);
        Authorization memory authorization = _authorizeOpen(channel);
        Channel memory redirected = _channel(1);
        redirected.payee = _mallory;
        vm.prank(_mallory);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        _channels.openWithAuthorization(redirected, _DEPOSIT, authorization);
        // Nor can she spend it at the token: only the contract may receive.
        vm.prank(_mallory);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(_channels))
        );
        _token.receiveWithAuthorization(
            _alice.addr,
            address(_channels),
            _DEPOSIT,
            0,
            _START + 1 hours,
            _openNonce(channel),
            authorization.v,
            authorization.r,
            authorization.s
        );
        vm.prank(_rita);
        _channels.openWithAuthorization(channel, _DEPOSIT, authorization);
        assertEq(_stateOf(channel).deposit, _DEPOSIT);
    }

    function testFuzz_openWithAuthorization_bindsTheDescriptor(uint256 field, bytes32 value) public {
        Channel memory channel = _channel(1);
        Authorization memory authorization = _authorizeOpen(channel);
        Channel memory altered = _channel(1);
        field = field % 4;
        if (field == 0) altered.payer = address(bytes20(value));
        if (field == 1) altered.payee = address(bytes20(value));
        if (field == 2) altered.salt = value;
        if (field == 3) altered.authorizedSigner = address(bytes20(value));
        vm.assume(_idOf(altered) != _idOf(channel) && altered.payee != address(0));
        vm.prank(_mallory);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        _channels.openWithAuthorization(altered, _DEPOSIT, authorization);
    }

    function testFuzz_openWithAuthorization_bindsTheAmount(uint96 amount) public {
        vm.assume(amount != 0 && amount != _DEPOSIT);
        Authorization memory authorization = _authorizeOpen(_channel(1));
        vm.prank(_rita);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        _channels.openWithAuthorization(_channel(1), amount, authorization);
    }

    /// Pitfall 24: Eve takes the authorization to another deployment.
    function test_openWithAuthorization_cannotBeReplayedOnAnotherContract() public {
        IPaymentChannels other = IPaymentChannels(
            deployCode("PaymentChannels.sol:PaymentChannels", abi.encode(address(_manager)))
        );
        Authorization memory authorization = _authorizeOpen(_channel(1));
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        other.openWithAuthorization(_channel(1), _DEPOSIT, authorization);
    }

    /// Pitfall 24: Eve takes it to another chain.
    function test_openWithAuthorization_cannotBeReplayedOnAnotherChain() public {
        Authorization memory authorization = _authorizeOpen(_channel(1));
        vm.chainId(block.chainid + 1);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        _channels.openWithAuthorization(_channel(1), _DEPOSIT, authorization);
    }

    function test_openWithAuthorization_isGoodForOneTime() public {
        Authorization memory authorization = _authorizeOpen(_channel(1));
        _channels.openWithAuthorization(_channel(1), _DEPOSIT, authorization);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsAlreadyOpened.selector, _idOf(_channel(1)))
        );
        _channels.openWithAuthorization(_channel(1), _DEPOSIT, authorization);
    }

    function test_openWithAuthorization_revertsWhenTokenHasNoCode() public {
        Channel memory channel = _channel(1);
        channel.token = _rita;
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsTokenInvalid.selector, _rita));
        _channels.openWithAuthorization(channel, _DEPOSIT, Authorization(0, 0, 0, 0, 0));
    }

    function test_topUpWithAuthorization_bindsTheResultingDeposit() public {
        Channel memory channel = _channel(1);
        _channels.openWithAuthorization(channel, _DEPOSIT, _authorizeOpen(channel));
        bytes32 nonce = keccak256(abi.encode(_TOP_UP, _idOf(channel), uint256(_DEPOSIT) + 5 ether));
        Authorization memory authorization = _authorize(_alice.key, address(_channels), 5 ether, nonce);

        vm.prank(_rita);
        assertEq(_channels.topUpWithAuthorization(channel, 5 ether, authorization), _DEPOSIT + 5 ether);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        _channels.topUpWithAuthorization(channel, 5 ether, authorization);
        assertEq(_stateOf(channel).deposit, _DEPOSIT + 5 ether);
    }

    function test_topUpWithAuthorization_opensNothing() public {
        Channel memory channel = _channel(1);
        bytes32 nonce = keccak256(abi.encode(_TOP_UP, _idOf(channel), uint256(_DEPOSIT)));
        Authorization memory authorization = _authorize(_alice.key, address(_channels), _DEPOSIT, nonce);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        _channels.openWithAuthorization(channel, _DEPOSIT, authorization);
    }

    function test_depositWithAuthorization_creditsTheOwner() public {
        bytes32 nonce = keccak256(abi.encode(_DEPOSIT_TAG, _alice.addr, bytes32("today")));
        Authorization memory authorization = _authorize(_alice.key, address(_channels), 7 ether, nonce);
        vm.prank(_rita);
        uint256 balance =
            _channels.depositWithAuthorization(_alice.addr, address(_token), 7 ether, "today", authorization);
        vm.snapshotGasLastCall("PaymentChannels", "depositWithAuthorization");
        assertEq(balance, 7 ether);
        assertEq(_channels.vaultBalanceOf(_alice.addr, address(_token)), 7 ether);
        vm.expectRevert(abi.encodeWithSelector(ERC3009.ERC3009UsedAuthorization.selector, _alice.addr, nonce));
        _channels.depositWithAuthorization(_alice.addr, address(_token), 7 ether, "today", authorization);
    }

    function test_depositWithAuthorization_cannotCreditMallory() public {
        bytes32 nonce = keccak256(abi.encode(_DEPOSIT_TAG, _alice.addr, bytes32("today")));
        Authorization memory authorization = _authorize(_alice.key, address(_channels), 7 ether, nonce);
        vm.prank(_mallory);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        _channels.depositWithAuthorization(_mallory, address(_token), 7 ether, "today", authorization);
    }

    function test_depositWithAuthorization_revertsWhenAmountIsZeroOrTooLarge() public {
        Authorization memory none = Authorization(0, 0, 0, 0, 0);
        vm.expectRevert(IChannelLedger.ChannelsAmountZero.selector);
        _channels.depositWithAuthorization(_alice.addr, address(_token), 0, "today", none);
        uint128 amount = uint128(type(uint96).max) + 1;
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsAmountTooLarge.selector, amount));
        _channels.depositWithAuthorization(_alice.addr, address(_token), amount, "today", none);
    }
}
