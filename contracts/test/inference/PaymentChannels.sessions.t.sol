// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel, Session} from "../../src/inference/ChannelTypes.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {IChannelSessions} from "../../src/inference/IChannelSessions.sol";
import {ChannelFixture} from "./ChannelFixture.sol";

/// Session keys: what an agent may draw from its owner's vault, and nothing more.
contract PaymentChannelsSessionsTest is ChannelFixture {
    uint40 private constant _EXPIRY = uint40(_START + 1 days);
    address private _peter = makeAddr("peter, whom the key may pay too");

    function setUp() public override {
        super.setUp();
        vm.prank(_alice.addr);
        _channels.deposit(address(_token), 1000 ether);
    }

    function _set(uint96 cap, bytes32 payees) private {
        vm.prank(_alice.addr);
        _channels.setSession(_key.addr, address(_token), cap, _EXPIRY, payees);
    }

    function _session() private view returns (Session memory) {
        return _channels.getSession(_alice.addr, _key.addr, address(_token));
    }

    function _openAsKey(uint256 salt, uint128 amount) private returns (bytes32) {
        vm.prank(_key.addr);
        return _channels.openFromVaultWithSession(_channel(salt), amount, new bytes32[](0));
    }

    function _leaf(address payee) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(payee))));
    }

    function _root(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(bytes.concat(a, b)) : keccak256(bytes.concat(b, a));
    }

    function test_setSession_isReadBack() public {
        vm.expectEmit(address(_channels));
        emit IChannelSessions.SessionSet(
            _alice.addr, _key.addr, address(_token), 10 ether, _EXPIRY, "some root"
        );
        _set(10 ether, "some root");
        vm.snapshotGasLastCall("PaymentChannels", "setSession");
        Session memory session = _session();
        assertEq(session.cap, 10 ether);
        assertEq(session.used, 0);
        assertEq(session.expiry, _EXPIRY);
        assertEq(session.payees, "some root");
    }

    function test_setSession_revertsWhenItIsPointless() public {
        vm.startPrank(_alice.addr);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsAddressInvalid.selector, address(0)));
        _channels.setSession(address(0), address(_token), 1, _EXPIRY, 0);
        vm.expectRevert(IChannelLedger.ChannelsAmountZero.selector);
        _channels.setSession(_key.addr, address(_token), 0, _EXPIRY, 0);
        vm.expectRevert(abi.encodeWithSelector(IChannelSessions.ChannelsSessionExpired.selector, _START));
        _channels.setSession(_key.addr, address(_token), 1, uint40(_START), 0);
        _channels.setSession(_key.addr, address(_token), 1, uint40(_START + 1), 0);
    }

    function test_openFromVaultWithSession_drawsUpToTheCap() public {
        _set(10 ether, 0);
        vm.expectEmit(address(_channels));
        emit IChannelSessions.SessionUsed(_alice.addr, _key.addr, address(_token), 4 ether);
        _openAsKey(1, 4 ether);
        vm.snapshotGasLastCall("PaymentChannels", "openFromVaultWithSession");
        assertEq(_session().used, 4 ether);
        assertEq(_channels.vaultBalanceOf(_alice.addr, address(_token)), 996 ether);
        assertTrue(_stateOf(_channel(1)).refundsToVault);

        vm.expectRevert(
            abi.encodeWithSelector(IChannelSessions.ChannelsSessionCapExceeded.selector, 6 ether + 1, 6 ether)
        );
        _openAsKey(2, 6 ether + 1);
        _openAsKey(2, 6 ether);
        assertEq(_session().used, 10 ether);
    }

    /// What comes back to the vault was drawn all the same: a key cannot spin its budget.
    function test_openFromVaultWithSession_refundsDoNotRaiseTheCap() public {
        _set(10 ether, 0);
        _openAsKey(1, 10 ether);
        vm.prank(_paul.addr);
        _channels.close(_channel(1), 0, 0, "");
        assertEq(_channels.vaultBalanceOf(_alice.addr, address(_token)), 1000 ether);
        vm.expectRevert(abi.encodeWithSelector(IChannelSessions.ChannelsSessionCapExceeded.selector, 1, 0));
        _openAsKey(2, 1);
    }

    /// The key draws just before the owner raises its cap: the raise adds the difference, not the whole.
    function test_setSession_keepsWhatWasUsed() public {
        _set(10 ether, 0);
        _openAsKey(1, 10 ether);
        _set(15 ether, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelSessions.ChannelsSessionCapExceeded.selector, 5 ether + 1, 5 ether)
        );
        _openAsKey(2, 5 ether + 1);
    }

    function test_setSession_mayLowerTheCapBelowWhatIsUsed() public {
        _set(10 ether, 0);
        _openAsKey(1, 10 ether);
        _set(5 ether, 0);
        vm.expectRevert(abi.encodeWithSelector(IChannelSessions.ChannelsSessionCapExceeded.selector, 1, 0));
        _openAsKey(2, 1);
    }

    function test_openFromVaultWithSession_worksUntilTheExpiry() public {
        _set(10 ether, 0);
        vm.warp(_EXPIRY - 1);
        _openAsKey(1, 1);
        vm.warp(_EXPIRY);
        vm.expectRevert(abi.encodeWithSelector(IChannelSessions.ChannelsSessionExpired.selector, _EXPIRY));
        _openAsKey(2, 1);
    }

    function test_openFromVaultWithSession_revertsWhenTheVaultIsEmpty() public {
        _set(2000 ether, 0);
        vm.expectRevert(
            abi.encodeWithSelector(
                IChannelLedger.ChannelsVaultInsufficient.selector,
                _alice.addr,
                address(_token),
                1000 ether,
                1000 ether + 1
            )
        );
        _openAsKey(1, 1000 ether + 1);
    }

    function test_openFromVaultWithSession_revertsWithoutSession() public {
        bytes memory unknown = abi.encodeWithSelector(
            IChannelSessions.ChannelsSessionUnknown.selector, _alice.addr, _key.addr, address(_token)
        );
        vm.expectRevert(unknown);
        _openAsKey(1, 1);
    }

    function test_revokeSession_stopsTheKeyAtOnce() public {
        _set(10 ether, "some root");
        vm.expectEmit(address(_channels));
        emit IChannelSessions.SessionRevoked(_alice.addr, _key.addr, address(_token));
        vm.prank(_alice.addr);
        _channels.revokeSession(_key.addr, address(_token));
        assertEq(abi.encode(_session()), new bytes(128));
        vm.expectPartialRevert(IChannelSessions.ChannelsSessionUnknown.selector);
        _openAsKey(1, 1);
    }

    function test_openFromVaultWithSession_onlyPaysAllowedPayees() public {
        _set(10 ether, _root(_leaf(_paul.addr), _leaf(_peter)));
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = _leaf(_peter);
        vm.prank(_key.addr);
        _channels.openFromVaultWithSession(_channel(1), 1 ether, proof);

        Channel memory toMallory = _channel(2);
        toMallory.payee = _mallory;
        vm.prank(_key.addr);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelSessions.ChannelsSessionPayeeNotAllowed.selector, _mallory)
        );
        _channels.openFromVaultWithSession(toMallory, 1 ether, proof);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelSessions.ChannelsSessionPayeeNotAllowed.selector, _paul.addr)
        );
        _openAsKey(3, 1 ether);
    }

    function test_topUpFromVaultWithSession_drawsToo() public {
        _set(10 ether, 0);
        _openAsKey(1, 4 ether);
        vm.startPrank(_key.addr);
        assertEq(_channels.topUpFromVaultWithSession(_channel(1), 6 ether, new bytes32[](0)), 10 ether);
        vm.expectRevert(abi.encodeWithSelector(IChannelSessions.ChannelsSessionCapExceeded.selector, 1, 0));
        _channels.topUpFromVaultWithSession(_channel(1), 1, new bytes32[](0));
    }

    /// A stolen key must not be able to hold its owner in a channel.
    function test_topUpFromVaultWithSession_cannotCancelTheOwnersExit() public {
        _set(10 ether, 0);
        _openAsKey(1, 4 ether);
        uint256 closeAt = _requestClose(_channel(1));
        vm.prank(_key.addr);
        vm.expectRevert(
            abi.encodeWithSelector(IChannelLedger.ChannelsClosing.selector, _idOf(_channel(1)), closeAt)
        );
        _channels.topUpFromVaultWithSession(_channel(1), 1, new bytes32[](0));
    }

    function testFuzz_openFromVaultWithSession_neverExceedsTheCap(uint96 cap, uint96[8] calldata amounts)
        public
    {
        cap = uint96(bound(cap, 1, 1000 ether));
        _set(cap, 0);
        for (uint256 i = 0; i < amounts.length; ++i) {
            uint256 used = _session().used;
            uint96 amount = uint96(bound(amounts[i], 1, 1000 ether));
            if (used + amount > cap) {
                vm.expectRevert(
                    abi.encodeWithSelector(
                        IChannelSessions.ChannelsSessionCapExceeded.selector, amount, cap - used
                    )
                );
            }
            _openAsKey(i, amount);
        }
        assertLe(_session().used, cap);
        assertEq(_channels.vaultBalanceOf(_alice.addr, address(_token)), 1000 ether - _session().used);
    }
}
