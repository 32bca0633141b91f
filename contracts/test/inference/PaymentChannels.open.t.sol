// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {Channel, ChannelState} from "../../src/inference/ChannelTypes.sol";
import {IChannelFunding} from "../../src/inference/IChannelFunding.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// Opening from an allowance, and what a channel's name is.
contract PaymentChannelsOpenTest is ChannelFixture {
    function test_open_locksTheDeposit() public {
        Channel memory channel = _channel(1);
        channel.authorizedSigner = _key.addr;
        bytes32 id = _idOf(channel);

        vm.expectEmit(address(_channels));
        emit IChannelFunding.ChannelOpened(
            id, _alice.addr, _paul.addr, address(_token), _key.addr, bytes32(uint256(1)), _DEPOSIT, false
        );
        assertEq(_open(channel, _DEPOSIT), id);

        ChannelState memory state = _channels.getChannel(id);
        assertEq(state.deposit, _DEPOSIT);
        assertEq(state.settled, 0);
        assertEq(state.closeAt, 0);
        assertFalse(state.closed);
        assertFalse(state.refundsToVault);
        assertEq(state.feeBps, 0);
        assertEq(_token.balanceOf(address(_channels)), _DEPOSIT);
        assertEq(_token.balanceOf(_alice.addr), _FUNDS - _DEPOSIT);
    }

    function test_open_acceptsTheSmallestAndTheLargestAmount() public {
        _open(_channel(1), 1);
        _token.mint(_alice.addr, type(uint96).max);
        _open(_channel(2), type(uint96).max);
        assertEq(_stateOf(_channel(1)).deposit, 1);
        assertEq(_stateOf(_channel(2)).deposit, type(uint96).max);
    }

    function test_open_revertsWhenAmountIsZero() public {
        vm.expectRevert(IChannelLedger.ChannelsAmountZero.selector);
        _open(_channel(1), 0);
    }

    function test_open_revertsWhenAmountExceeds96Bits() public {
        uint128 amount = uint128(type(uint96).max) + 1;
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsAmountTooLarge.selector, amount));
        _open(_channel(1), amount);
    }

    function test_open_revertsWhenPayeeIsZero() public {
        Channel memory channel = _channel(1);
        channel.payee = address(0);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsAddressInvalid.selector, address(0)));
        _open(channel, _DEPOSIT);
    }

    function test_open_revertsWhenTokenIsZero() public {
        Channel memory channel = _channel(1);
        channel.token = address(0);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsTokenInvalid.selector, address(0)));
        _open(channel, _DEPOSIT);
    }

    function test_open_revertsWhenTokenHasNoCode() public {
        Channel memory channel = _channel(1);
        channel.token = _rita;
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsTokenInvalid.selector, _rita));
        _open(channel, _DEPOSIT);
    }

    function test_open_revertsWhenTokenIsAnotherKindOfContract() public {
        Channel memory channel = _channel(1);
        channel.token = address(_manager);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsTokenInvalid.selector, address(_manager))
        );
        _open(channel, _DEPOSIT);
    }

    function test_open_revertsWhenTheChannelExists() public {
        Channel memory channel = _opened(1);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsAlreadyOpened.selector, _idOf(channel)));
        _open(channel, _DEPOSIT);
    }

    /// Pitfall 12: a channel that could reopen would bring back every voucher ever signed for it.
    function test_open_neverReopensAClosedChannel() public {
        Channel memory channel = _opened(1);
        _settle(channel, 40 ether);
        vm.prank(_paul.addr);
        _channels.close(channel, 0, 40 ether, "");
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsAlreadyOpened.selector, _idOf(channel)));
        _open(channel, _DEPOSIT);
    }

    /// Pitfall 12, for a channel that never paid anything.
    function test_open_neverReopensAWithdrawnChannel() public {
        Channel memory channel = _opened(1);
        vm.warp(_requestClose(channel));
        vm.prank(_alice.addr);
        _channels.withdraw(channel);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsAlreadyOpened.selector, _idOf(channel)));
        _open(channel, _DEPOSIT);
    }

    function test_open_revertsWhenAllowanceIsTooSmall() public {
        vm.prank(_alice.addr);
        _token.approve(address(_channels), _DEPOSIT - 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector, address(_channels), _DEPOSIT - 1, _DEPOSIT
            )
        );
        _open(_channel(1), _DEPOSIT);
    }

    function test_eip712Domain_namesTheDraftsDomain() public view {
        (, string memory name, string memory version, uint256 chainId, address verifier,,) =
            _channels.eip712Domain();
        assertEq(name, "EVM Payment Channel");
        assertEq(version, "1");
        assertEq(chainId, block.chainid);
        assertEq(verifier, address(_channels));
    }

    function testFuzz_computeChannelId_isTheDraftsHash(Channel memory channel) public view {
        bytes32 id = _channels.computeChannelId(
            channel.payer, channel.payee, channel.token, channel.salt, channel.authorizedSigner
        );
        assertEq(id, _idOf(channel));
    }

    /// Pitfall 24: the name of a channel binds the chain and the contract.
    function test_computeChannelId_differsByChainAndContract() public {
        Channel memory channel = _channel(1);
        bytes32 here = _idOf(channel);
        vm.chainId(block.chainid + 1);
        assertNotEq(_idOf(channel), here);
        assertEq(
            _channels.computeChannelId(
                channel.payer, channel.payee, channel.token, channel.salt, channel.authorizedSigner
            ),
            _idOf(channel)
        );
    }

    function test_getChannel_isZeroWhenUnknown() public view {
        ChannelState memory state = _channels.getChannel(keccak256("nothing"));
        assertEq(abi.encode(state), new bytes(192));
    }

    function test_getChannels_keepsTheOrder() public {
        _open(_channel(1), 1 ether);
        _open(_channel(2), 2 ether);
        bytes32[] memory ids = new bytes32[](3);
        (ids[0], ids[1], ids[2]) = (_idOf(_channel(2)), keccak256("nothing"), _idOf(_channel(1)));
        ChannelState[] memory states = _channels.getChannels(ids);
        assertEq(states[0].deposit, 2 ether);
        assertEq(states[1].deposit, 0);
        assertEq(states[2].deposit, 1 ether);
    }

    /// Addresses with dirty upper bits name no channel: the descriptor is hashed as it comes.
    function test_settle_refusesDirtyAddresses() public {
        Channel memory channel = _opened(1);
        bytes memory signature = _signVoucher(_alice.key, channel, 1 ether);
        bytes memory data = abi.encodeCall(_channels.settle, (channel, 1 ether, 1 ether, signature));
        // The first byte of the last word of the descriptor, the authorized signer.
        data[4 + 4 * 32] = 0x01;
        vm.prank(_paul.addr);
        (bool success,) = address(_channels).call(data);
        assertFalse(success);
    }
}
