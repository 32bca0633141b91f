// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {Authorization, Batch, Channel, SkipReason} from "../../src/inference/ChannelTypes.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {IChannelSettlement} from "../../src/inference/IChannelSettlement.sol";
import {ChannelFixture} from "./ChannelFixture.sol";
import {Reenterer} from "./Reenterer.sol";
import {
    BlocklistToken,
    CarelessToken,
    FeeOnTransferToken,
    HookToken,
    NoReturnToken,
    PlainToken,
    RefusingToken
} from "./TestTokens.sol";

/// Tokens that do not behave.
contract PaymentChannelsTokensTest is ChannelFixture {
    function _use(PlainToken token) private returns (Channel memory channel) {
        token.mint(_alice.addr, _FUNDS);
        vm.prank(_alice.addr);
        token.approve(address(_channels), type(uint256).max);
        channel = _channel(1);
        channel.token = address(token);
    }

    /// Pitfall 16: what arrives is not what was sent, so the books would not balance.
    function test_open_refusesFeeOnTransferTokens() public {
        Channel memory channel = _use(new FeeOnTransferToken());
        vm.expectRevert(
            abi.encodeWithSelector(
                IChannelLedger.ChannelsDepositMismatch.selector, channel.token, 100 ether, 99 ether
            )
        );
        _open(channel, _DEPOSIT);
    }

    /// Pitfall 16, for the vault and for top-ups.
    function test_deposit_refusesFeeOnTransferTokens() public {
        Channel memory channel = _use(new FeeOnTransferToken());
        vm.startPrank(_alice.addr);
        vm.expectPartialRevert(IChannelLedger.ChannelsDepositMismatch.selector);
        _channels.deposit(channel.token, _DEPOSIT);
        // A transfer too small to be charged opens the channel; the top-up is charged, and refused.
        _channels.open(_paul.addr, channel.token, 99, channel.salt, address(0));
        vm.expectPartialRevert(IChannelLedger.ChannelsDepositMismatch.selector);
        _channels.topUp(channel, 100);
    }

    function test_channels_workWithTokensThatReturnNothing() public {
        NoReturnToken token = new NoReturnToken();
        token.mint(_alice.addr, _FUNDS);
        vm.prank(_alice.addr);
        token.approve(address(_channels), type(uint256).max);
        Channel memory channel = _channel(1);
        channel.token = address(token);
        _open(channel, _DEPOSIT);
        _settle(channel, 30 ether);
        vm.prank(_paul.addr);
        _channels.close(channel, 0, 30 ether, "");
        assertEq(token.balanceOf(_paul.addr), 30 ether);
        assertEq(token.balanceOf(_alice.addr), _FUNDS - 30 ether);
    }

    function test_channels_refuseATransferThatAnswersFalse() public {
        RefusingToken token = new RefusingToken();
        Channel memory channel = _use(token);
        _open(channel, _DEPOSIT);
        token.setRefusing(true);
        bytes memory failed =
            abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token));
        vm.expectRevert(failed);
        _settle(channel, 30 ether);
        vm.expectRevert(failed);
        vm.prank(_alice.addr);
        _channels.topUp(channel, 1);
        assertEq(_stateOf(channel).settled, 0);
    }

    /// A payer who cannot receive must not be able to keep the payee from its money.
    function test_settle_worksWhenThePayerIsBlocked() public {
        BlocklistToken token = new BlocklistToken();
        Channel memory channel = _use(token);
        _open(channel, _DEPOSIT);
        token.setBlocked(_alice.addr, true);
        bytes memory signature = _signVoucher(_alice.key, channel, 30 ether);
        vm.prank(_paul.addr);
        vm.expectRevert(abi.encodeWithSelector(BlocklistToken.Blocked.selector, _alice.addr));
        _channels.close(channel, 30 ether, 30 ether, signature);
        assertEq(_settle(channel, 30 ether), 30 ether);
    }

    /// A payee who cannot receive must not be able to hold the payer.
    function test_withdraw_worksWhenThePayeeIsBlocked() public {
        BlocklistToken token = new BlocklistToken();
        Channel memory channel = _use(token);
        _open(channel, _DEPOSIT);
        token.setBlocked(_paul.addr, true);
        vm.expectRevert(abi.encodeWithSelector(BlocklistToken.Blocked.selector, _paul.addr));
        _settle(channel, 30 ether);
        vm.warp(_requestClose(channel));
        vm.prank(_alice.addr);
        assertEq(_channels.withdraw(channel), _DEPOSIT);
    }

    /// One token that fails takes nothing with it.
    function test_channels_keepTokensApart() public {
        BlocklistToken token = new BlocklistToken();
        Channel memory broken = _use(token);
        _open(broken, _DEPOSIT);
        token.setBlocked(address(_channels), true);
        Channel memory sound = _opened(1);
        assertEq(_settle(sound, 30 ether), 30 ether);
        vm.expectRevert(abi.encodeWithSelector(BlocklistToken.Blocked.selector, address(_channels)));
        _settle(broken, 30 ether);
    }

    /// A channel of the zero address, which only a careless token lets anybody open, pays nobody: ecrecover's answer to
    /// nonsense is zero, and must not count as the signature of zero.
    function test_channels_neverTakeARecoveryOfZeroForAPayer() public {
        Channel memory channel = _channel(1);
        (channel.payer, channel.token) = (address(0), address(new CarelessToken()));
        _channels.openWithAuthorization(channel, _DEPOSIT, Authorization(0, 0, 0, 0, 0));
        vm.startPrank(_paul.addr);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsInvalidSignature.selector, address(0)));
        _channels.settle(channel, 1, 1, new bytes(65));
        Batch[] memory batches = _batchOf(_row(channel, 1, 1, new bytes(64)));
        batches[0].token = channel.token;
        vm.expectEmit(address(_channels));
        emit IChannelSettlement.RowSkipped(_idOf(channel), _paul.addr, 0, 0, SkipReason.SignatureInvalid);
        assertEq(_channels.settleMany(batches), 0);
    }

    /// Every function that moves money, entered again from the payee's hook while paying.
    function test_channels_cannotBeReenteredByThePayee() public {
        HookToken token = new HookToken();
        Reenterer reenterer = new Reenterer();
        Channel memory channel = _use(token);
        channel.payee = address(reenterer);
        _open(channel, _DEPOSIT);
        token.setHooked(address(reenterer), true);
        bytes memory signature = _signVoucher(_alice.key, channel, 30 ether);

        bytes[] memory attempts = reenterer.attempts(_channels, channel, signature);
        for (uint256 i = 0; i < attempts.length; ++i) {
            reenterer.arm(address(_channels), attempts[i]);
            vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
            vm.prank(address(reenterer));
            _channels.settle(channel, 30 ether, 30 ether, signature);
        }
        assertEq(_stateOf(channel).settled, 0);
        assertEq(token.balanceOf(address(reenterer)), 0);
    }

    /// The same from the payer's hook while funding: the balance check must not be fed a second deposit.
    function test_channels_cannotBeReenteredByThePayer() public {
        HookToken token = new HookToken();
        Reenterer reenterer = new Reenterer();
        token.mint(address(reenterer), _FUNDS);
        vm.prank(address(reenterer));
        token.approve(address(_channels), type(uint256).max);
        token.setHooked(address(reenterer), true);
        reenterer.arm(address(_channels), abi.encodeCall(_channels.deposit, (address(token), 50 ether)));
        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        vm.prank(address(reenterer));
        _channels.open(_paul.addr, address(token), 50 ether, 0, address(0));
    }

    /// What needs no guard, entered from a hook, changes nothing that the outer call relies on.
    function test_requestClose_fromAHookLeavesTheSettlementIntact() public {
        HookToken token = new HookToken();
        Reenterer reenterer = new Reenterer();
        token.mint(address(reenterer), _FUNDS);
        Channel memory channel = _channel(1);
        (channel.payer, channel.payee) = (address(reenterer), address(reenterer));
        (channel.token, channel.authorizedSigner) = (address(token), _alice.addr);
        vm.startPrank(address(reenterer));
        token.approve(address(_channels), type(uint256).max);
        _channels.open(channel.payee, channel.token, _DEPOSIT, channel.salt, channel.authorizedSigner);
        token.setHooked(address(reenterer), true);
        reenterer.arm(address(_channels), abi.encodeCall(_channels.requestClose, (channel)));
        bytes memory signature = _signVoucher(_alice.key, channel, 30 ether);
        _channels.settle(channel, 30 ether, 30 ether, signature);
        assertEq(_stateOf(channel).settled, 30 ether);
        assertEq(_stateOf(channel).closeAt, _START + 15 minutes);
    }
}
