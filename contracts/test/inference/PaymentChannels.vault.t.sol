// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "../../src/inference/ChannelTypes.sol";
import {IChannelFunding} from "../../src/inference/IChannelFunding.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {IChannelVault} from "../../src/inference/IChannelVault.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// Balances that open channels without a transfer, and get back what is left.
contract PaymentChannelsVaultTest is ChannelFixture {
    function _deposit(uint128 amount) private {
        vm.prank(_alice.addr);
        _channels.deposit(address(_token), amount);
    }

    function _vault() private view returns (uint256) {
        return _channels.vaultBalanceOf(_alice.addr, address(_token));
    }

    function _insufficient(uint256 balance, uint256 needed) private view returns (bytes memory) {
        return abi.encodeWithSelector(
            IChannelLedger.ChannelsVaultInsufficient.selector, _alice.addr, address(_token), balance, needed
        );
    }

    function test_deposit_creditsTheCaller() public {
        vm.expectEmit(address(_channels));
        emit IChannelVault.VaultDeposited(_alice.addr, address(_token), 10 ether);
        vm.prank(_alice.addr);
        assertEq(_channels.deposit(address(_token), 10 ether), 10 ether);
        vm.prank(_alice.addr);
        assertEq(_channels.deposit(address(_token), 1 ether), 11 ether);
        vm.snapshotGasLastCall("PaymentChannels", "deposit");
        assertEq(_vault(), 11 ether);
    }

    function test_deposit_revertsWhenAmountIsZeroOrTooLarge() public {
        vm.startPrank(_alice.addr);
        vm.expectRevert(IChannelLedger.ChannelsAmountZero.selector);
        _channels.deposit(address(_token), 0);
        uint128 amount = uint128(type(uint96).max) + 1;
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsAmountTooLarge.selector, amount));
        _channels.deposit(address(_token), amount);
    }

    function test_deposit_revertsWhenTokenIsNone() public {
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsTokenInvalid.selector, _rita));
        _channels.deposit(_rita, 1);
    }

    function test_withdrawFromVault_sendsToAnybody() public {
        _deposit(10 ether);
        vm.expectEmit(address(_channels));
        emit IChannelVault.VaultWithdrawn(_alice.addr, address(_token), _rita, 4 ether);
        vm.prank(_alice.addr);
        assertEq(_channels.withdrawFromVault(address(_token), 4 ether, _rita), 6 ether);
        vm.snapshotGasLastCall("PaymentChannels", "withdrawFromVault");
        assertEq(_token.balanceOf(_rita), 4 ether);
        vm.prank(_alice.addr);
        assertEq(_channels.withdrawFromVault(address(_token), 6 ether, _rita), 0);
    }

    function test_withdrawFromVault_revertsWhenBalanceIsTooSmall() public {
        _deposit(10 ether);
        vm.prank(_alice.addr);
        vm.expectRevert(_insufficient(10 ether, 10 ether + 1));
        _channels.withdrawFromVault(address(_token), 10 ether + 1, _alice.addr);
    }

    function test_withdrawFromVault_revertsWhenAmountIsZero() public {
        _deposit(10 ether);
        vm.prank(_alice.addr);
        vm.expectRevert(IChannelLedger.ChannelsAmountZero.selector);
        _channels.withdrawFromVault(address(_token), 0, _alice.addr);
    }

    /// Tokens sent to the contract itself would belong to nobody.
    function test_withdrawFromVault_revertsWhenRecipientIsZeroOrTheContract() public {
        _deposit(10 ether);
        vm.startPrank(_alice.addr);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsAddressInvalid.selector, address(0)));
        _channels.withdrawFromVault(address(_token), 1, address(0));
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsAddressInvalid.selector, address(_channels))
        );
        _channels.withdrawFromVault(address(_token), 1, address(_channels));
    }

    function test_withdrawFromVault_neverTouchesAnotherVault() public {
        _deposit(10 ether);
        vm.prank(_mallory);
        vm.expectRevert(
            abi.encodeWithSelector(
                IChannelLedger.ChannelsVaultInsufficient.selector, _mallory, address(_token), 0, 1
            )
        );
        _channels.withdrawFromVault(address(_token), 1, _mallory);
    }

    function test_openFromVault_movesNoTokens() public {
        _deposit(_DEPOSIT);
        Channel memory channel = _channel(1);
        vm.expectEmit(address(_channels));
        emit IChannelFunding.ChannelOpened(
            _idOf(channel), _alice.addr, _paul.addr, address(_token), address(0), channel.salt, 60 ether, true
        );
        vm.prank(_alice.addr);
        _channels.openFromVault(_paul.addr, address(_token), 60 ether, channel.salt, address(0));
        assertEq(_vault(), 40 ether);
        assertEq(_token.balanceOf(address(_channels)), _DEPOSIT);
        assertTrue(_stateOf(channel).refundsToVault);
    }

    function test_openFromVault_revertsWhenBalanceIsTooSmall() public {
        _deposit(_DEPOSIT);
        vm.prank(_alice.addr);
        vm.expectRevert(_insufficient(_DEPOSIT, _DEPOSIT + 1));
        _channels.openFromVault(_paul.addr, address(_token), _DEPOSIT + 1, bytes32(0), address(0));
    }

    function test_openFromVault_revertsWhenAmountIsZeroOrPayeeIsZero() public {
        _deposit(_DEPOSIT);
        vm.startPrank(_alice.addr);
        vm.expectRevert(IChannelLedger.ChannelsAmountZero.selector);
        _channels.openFromVault(_paul.addr, address(_token), 0, bytes32(0), address(0));
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsAddressInvalid.selector, address(0)));
        _channels.openFromVault(address(0), address(_token), 1, bytes32(0), address(0));
    }

    function test_close_refundsIntoTheVault() public {
        Channel memory channel = _openedFromVault(1);
        bytes memory signature = _signVoucher(_alice.key, channel, 30 ether);
        uint256 wallet = _token.balanceOf(_alice.addr);
        vm.prank(_paul.addr);
        _channels.close(channel, 30 ether, 30 ether, signature);
        vm.snapshotGasLastCall("PaymentChannels", "closeIntoVault");
        assertEq(_vault(), 70 ether);
        assertEq(_token.balanceOf(_alice.addr), wallet);
    }

    function test_withdraw_refundsIntoTheVault() public {
        Channel memory channel = _openedFromVault(1);
        vm.warp(_requestClose(channel));
        vm.prank(_alice.addr);
        assertEq(_channels.withdraw(channel), _DEPOSIT);
        assertEq(_vault(), _DEPOSIT);
    }

    function test_topUpFromVault_raisesTheDepositAndCancelsAnExit() public {
        Channel memory channel = _openedFromVault(1);
        _deposit(10 ether);
        _requestClose(channel);
        vm.expectEmit(address(_channels));
        emit IChannelFunding.ChannelToppedUp(_idOf(channel), _DEPOSIT + 10 ether, true);
        vm.prank(_alice.addr);
        assertEq(_channels.topUpFromVault(channel, 10 ether), _DEPOSIT + 10 ether);
        assertEq(_vault(), 0);
        assertEq(_stateOf(channel).closeAt, 0);
    }

    function test_topUpFromVault_revertsWhenCallerIsNotPayer() public {
        Channel memory channel = _openedFromVault(1);
        _deposit(10 ether);
        vm.prank(_mallory);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsNotPayer.selector, _mallory, _alice.addr)
        );
        _channels.topUpFromVault(channel, 1);
    }

    function test_topUpFromVault_revertsWhenBalanceIsTooSmall() public {
        Channel memory channel = _openedFromVault(1);
        vm.prank(_alice.addr);
        vm.expectRevert(_insufficient(0, 1));
        _channels.topUpFromVault(channel, 1);
    }

    /// Where a channel refunds is decided when it opens, whatever topped it up.
    function test_topUpFromVault_leavesTheRefundWithTheWallet() public {
        Channel memory channel = _opened(1);
        _deposit(10 ether);
        vm.prank(_alice.addr);
        _channels.topUpFromVault(channel, 10 ether);
        vm.prank(_paul.addr);
        _channels.close(channel, 0, 0, "");
        assertEq(_token.balanceOf(_alice.addr), _FUNDS);
        assertEq(_vault(), 0);
    }
}
