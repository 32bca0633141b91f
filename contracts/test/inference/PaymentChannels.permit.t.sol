// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

import {Channel, Consent, Permit} from "../../src/inference/ChannelTypes.sol";
import {IChannelFunding} from "../../src/inference/IChannelFunding.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {ChannelFixture} from "./ChannelFixture.sol";
import {ContractWallet} from "./ContractWallet.sol";

/// Gasless funding by ERC-2612, with the payer's consent to what the allowance is used for.
contract PaymentChannelsPermitTest is ChannelFixture {
    string private constant _OPEN = "Open(bytes32 channelId,uint128 amount,uint256 deadline)";
    string private constant _TOP_UP = "TopUp(bytes32 channelId,uint128 deposit,uint256 deadline)";
    uint256 private constant _DEADLINE = _START + 1 hours;

    function setUp() public override {
        super.setUp();
        vm.prank(_alice.addr);
        _token.approve(address(_channels), 0);
    }

    function _permit(uint256 value) private view returns (Permit memory) {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
                ),
                _alice.addr,
                address(_channels),
                value,
                _token.nonces(_alice.addr),
                _DEADLINE
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_alice.key, _digest(_token.DOMAIN_SEPARATOR(), structHash));
        return Permit(value, _DEADLINE, v, r, s);
    }

    function _consent(string memory type_, Channel memory channel, uint256 amount)
        private
        view
        returns (Consent memory)
    {
        bytes32 digest = _hash(_consentHash(type_, _idOf(channel), amount, _DEADLINE));
        return Consent(_DEADLINE, _sign(_alice.key, digest));
    }

    function test_openWithPermit_byThePayerNeedsNoConsent() public {
        Permit memory permit = _permit(_DEPOSIT);
        vm.prank(_alice.addr);
        _channels.openWithPermit(_channel(1), _DEPOSIT, permit, Consent(0, ""));
        assertEq(_stateOf(_channel(1)).deposit, _DEPOSIT);
    }

    function test_openWithPermit_byARelayerWithConsent() public {
        Permit memory permit = _permit(_DEPOSIT);
        Consent memory consent = _consent(_OPEN, _channel(1), _DEPOSIT);
        vm.prank(_rita);
        _channels.openWithPermit(_channel(1), _DEPOSIT, permit, consent);
        vm.snapshotGasLastCall("PaymentChannels", "openWithPermit");
        assertEq(_stateOf(_channel(1)).deposit, _DEPOSIT);
    }

    /// Mallory spends the permit at the token first; the allowance it left is as good.
    function test_openWithPermit_survivesAFrontRunPermit() public {
        Permit memory permit = _permit(_DEPOSIT);
        Consent memory consent = _consent(_OPEN, _channel(1), _DEPOSIT);
        vm.prank(_mallory);
        _token.permit(_alice.addr, address(_channels), _DEPOSIT, _DEADLINE, permit.v, permit.r, permit.s);
        vm.prank(_rita);
        _channels.openWithPermit(_channel(1), _DEPOSIT, permit, consent);
        assertEq(_stateOf(_channel(1)).deposit, _DEPOSIT);
    }

    function test_openWithPermit_revertsWhenPermitFailsAndAllowanceIsTooSmall() public {
        Permit memory permit = _permit(_DEPOSIT);
        permit.value += 1;
        vm.prank(_alice.addr);
        _token.approve(address(_channels), _DEPOSIT - 1);
        vm.prank(_alice.addr);
        vm.expectPartialRevert(IChannelFunding.ChannelsPermitFailed.selector);
        _channels.openWithPermit(_channel(1), _DEPOSIT, permit, Consent(0, ""));
    }

    function test_openWithPermit_tellsWhyThePermitFailed() public {
        Permit memory permit = _permit(_DEPOSIT);
        vm.warp(_DEADLINE + 1);
        bytes memory reason = abi.encodeWithSelector(ERC20Permit.ERC2612ExpiredSignature.selector, _DEADLINE);
        vm.prank(_alice.addr);
        vm.expectRevert(
            abi.encodeWithSelector(
                IChannelFunding.ChannelsPermitFailed.selector, address(_token), 0, _DEPOSIT, reason
            )
        );
        _channels.openWithPermit(_channel(1), _DEPOSIT, permit, Consent(0, ""));
    }

    /// Mallory names herself as payee of Alice's permit.
    function test_openWithPermit_revertsWhenConsentIsForAnotherChannel() public {
        Permit memory permit = _permit(_DEPOSIT);
        Consent memory consent = _consent(_OPEN, _channel(1), _DEPOSIT);
        Channel memory redirected = _channel(1);
        redirected.payee = _mallory;
        vm.prank(_mallory);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsInvalidSignature.selector, _alice.addr));
        _channels.openWithPermit(redirected, _DEPOSIT, permit, consent);
    }

    function testFuzz_openWithPermit_bindsTheConsentedAmount(uint96 amount) public {
        vm.assume(amount != 0 && amount != _DEPOSIT);
        Permit memory permit = _permit(type(uint256).max);
        Consent memory consent = _consent(_OPEN, _channel(1), _DEPOSIT);
        vm.prank(_rita);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsInvalidSignature.selector, _alice.addr));
        _channels.openWithPermit(_channel(1), amount, permit, consent);
    }

    function test_openWithPermit_acceptsConsentUntilItsDeadline() public {
        Permit memory permit = _permit(_DEPOSIT);
        Consent memory consent = _consent(_OPEN, _channel(1), _DEPOSIT);
        vm.warp(_DEADLINE + 1);
        vm.prank(_rita);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsSignatureExpired.selector, _DEADLINE));
        _channels.openWithPermit(_channel(1), _DEPOSIT, permit, consent);
        vm.warp(_DEADLINE);
        vm.prank(_rita);
        _channels.openWithPermit(_channel(1), _DEPOSIT, permit, consent);
    }

    function test_openWithPermit_acceptsAContractsConsent() public {
        ContractWallet wallet = new ContractWallet(_alice.addr);
        _fund(address(wallet));
        Channel memory channel = _channel(1);
        channel.payer = address(wallet);
        Consent memory consent = _consent(_OPEN, channel, _DEPOSIT);
        vm.prank(_rita);
        _channels.openWithPermit(channel, _DEPOSIT, _permit(0), consent);
        assertEq(_stateOf(channel).deposit, _DEPOSIT);
    }

    function test_topUpWithPermit_isGoodForOneTime() public {
        Permit memory permit = _permit(type(uint256).max);
        vm.prank(_alice.addr);
        _channels.openWithPermit(_channel(1), _DEPOSIT, permit, Consent(0, ""));
        uint256 closeAt = _requestClose(_channel(1));
        Consent memory consent = _consent(_TOP_UP, _channel(1), _DEPOSIT + 5 ether);
        vm.prank(_rita);
        assertEq(_channels.topUpWithPermit(_channel(1), 5 ether, permit, consent), _DEPOSIT + 5 ether);
        assertEq(_stateOf(_channel(1)).closeAt, 0);
        assertGt(closeAt, 0);
        // The unlimited allowance is still there, and the consent is spent.
        vm.prank(_rita);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsInvalidSignature.selector, _alice.addr));
        _channels.topUpWithPermit(_channel(1), 5 ether, permit, consent);
    }

    function test_topUpWithPermit_byAStrangerCannotCancelAnExit() public {
        Permit memory permit = _permit(type(uint256).max);
        vm.prank(_alice.addr);
        _channels.openWithPermit(_channel(1), _DEPOSIT, permit, Consent(0, ""));
        _requestClose(_channel(1));
        vm.prank(_paul.addr);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsInvalidSignature.selector, _alice.addr));
        _channels.topUpWithPermit(_channel(1), 1, permit, Consent(_DEADLINE, ""));
    }

    function test_topUpWithPermit_byThePayerNeedsNoConsent() public {
        Permit memory permit = _permit(_DEPOSIT + 1);
        vm.startPrank(_alice.addr);
        _channels.openWithPermit(_channel(1), _DEPOSIT, permit, Consent(0, ""));
        assertEq(_channels.topUpWithPermit(_channel(1), 1, permit, Consent(0, "")), _DEPOSIT + 1);
    }

    /// An Open consent is no TopUp consent, although both sign an id, an amount and a deadline.
    function test_topUpWithPermit_refusesTheConsentToOpen() public {
        Permit memory permit = _permit(type(uint256).max);
        vm.prank(_alice.addr);
        _channels.openWithPermit(_channel(1), 1 ether, permit, Consent(0, ""));
        Consent memory consent = _consent(_OPEN, _channel(1), 2 ether);
        vm.prank(_rita);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsInvalidSignature.selector, _alice.addr));
        _channels.topUpWithPermit(_channel(1), 1 ether, permit, consent);
    }
}
