// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "../../src/inference/ChannelTypes.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {IChannelSettlement} from "../../src/inference/IChannelSettlement.sol";
import {ChannelFixture} from "./ChannelFixture.sol";
import {ContractWallet} from "./ContractWallet.sol";

/// Anybody ends a channel at once with the payee's final statement.
contract PaymentChannelsStatementTest is ChannelFixture {
    uint256 private constant _DEADLINE = _START + 1 hours;

    Channel private _c;

    function setUp() public override {
        super.setUp();
        _c = _opened(1);
        _settle(_c, 10 ether);
    }

    /// Closes as `caller`, with Paul's statement over `spent` and Alice's voucher over `authorized`, or none.
    function _closeAs(address caller, uint128 spent, uint128 authorized) private returns (uint256, uint256) {
        return _closeAs(caller, spent, _signStatement(_paul.key, _c, spent, _DEADLINE), authorized);
    }

    function _closeAs(address caller, uint128 spent, bytes memory statement, uint128 authorized)
        private
        returns (uint256, uint256)
    {
        bytes memory voucher = authorized == 0 ? bytes("") : _signVoucher(_alice.key, _c, authorized);
        vm.prank(caller);
        return _channels.closeWithStatement(_c, spent, _DEADLINE, statement, authorized, voucher);
    }

    function _expectInvalid(address signer) private {
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsInvalidSignature.selector, signer));
    }

    function test_closeWithStatement_byAnybodyWhenNothingIsOwed() public {
        (uint256 paid, uint256 refunded) = _closeAs(_rita, 10 ether, 0);
        vm.snapshotGasLastCall("PaymentChannels", "closeWithStatement");
        assertEq(paid, 0);
        assertEq(refunded, 90 ether);
        assertEq(_token.balanceOf(_alice.addr), _FUNDS - 10 ether);
        assertTrue(_stateOf(_c).closed);
    }

    function test_closeWithStatement_byThePayerPaysWhatIsOwed() public {
        (uint256 paid, uint256 refunded) = _closeAs(_alice.addr, 30 ether, 0);
        assertEq(paid, 20 ether);
        assertEq(refunded, 70 ether);
        assertEq(_token.balanceOf(_paul.addr), 30 ether + 1);
    }

    function test_closeWithStatement_byAnybodyWithAVoucherPaysWhatIsOwed() public {
        (uint256 paid,) = _closeAs(_rita, 30 ether, 40 ether);
        assertEq(paid, 20 ether);
    }

    /// Paul states that everything was spent and has a friend send it.
    function test_closeWithStatement_cannotTakeMoreThanThePayerAuthorized() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                IChannelSettlement.ChannelsCaptureAboveAuthorized.selector, 100 ether, 30 ether
            )
        );
        _closeAs(_rita, 100 ether, 30 ether);
        _expectInvalid(_alice.addr);
        bytes memory statement = _signStatement(_paul.key, _c, 100 ether, _DEADLINE);
        vm.prank(_paul.addr);
        _channels.closeWithStatement(_c, 100 ether, _DEADLINE, statement, 100 ether, "");
    }

    function test_closeWithStatement_revertsWhenSpentIsBelowWhatIsSettled() public {
        vm.expectRevert(
            abi.encodeWithSelector(IChannelSettlement.ChannelsCaptureTooLow.selector, 10 ether - 1, 10 ether)
        );
        _closeAs(_alice.addr, 10 ether - 1, 0);
    }

    function test_closeWithStatement_revertsWhenSpentExceedsTheDeposit() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                IChannelSettlement.ChannelsCaptureAboveDeposit.selector, _DEPOSIT + 1, _DEPOSIT
            )
        );
        _closeAs(_alice.addr, _DEPOSIT + 1, 0);
    }

    function test_closeWithStatement_worksUntilTheDeadline() public {
        bytes memory statement = _signStatement(_paul.key, _c, 10 ether, _DEADLINE);
        vm.warp(_DEADLINE + 1);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsSignatureExpired.selector, _DEADLINE));
        _closeAs(_rita, 10 ether, statement, 0);
        vm.warp(_DEADLINE);
        _closeAs(_rita, 10 ether, statement, 0);
    }

    /// Alice writes the statement herself.
    function test_closeWithStatement_revertsWhenThePayeeDidNotSign() public {
        bytes memory statement = _signStatement(_alice.key, _c, 10 ether, _DEADLINE);
        _expectInvalid(_paul.addr);
        _closeAs(_alice.addr, 10 ether, statement, 0);
        _expectInvalid(_paul.addr);
        _closeAs(_alice.addr, 10 ether, "", 0);
        _expectInvalid(_paul.addr);
        _closeAs(_alice.addr, 10 ether, new bytes(65), 0);
    }

    function test_closeWithStatement_acceptsTheOperatorsSignature() public {
        Account memory olga = makeAccount("olga, who operates for paul");
        bytes memory statement = _signStatement(olga.key, _c, 10 ether, _DEADLINE);
        _expectInvalid(_paul.addr);
        _closeAs(_rita, 10 ether, statement, 0);
        vm.prank(_paul.addr);
        _channels.setOperator(olga.addr, true);
        _closeAs(_rita, 10 ether, statement, 0);
    }

    function test_closeWithStatement_acceptsAContractPayee() public {
        ContractWallet wallet = new ContractWallet(_paul.addr);
        _c = _channel(2);
        _c.payee = address(wallet);
        _open(_c, _DEPOSIT);
        _closeAs(_rita, 0, 0);
        assertTrue(_stateOf(_c).closed);
    }

    function test_closeWithStatement_revertsWhenTheChannelIsUnknownOrClosed() public {
        bytes memory statement = _signStatement(_paul.key, _c, 10 ether, _DEADLINE);
        _closeAs(_rita, 10 ether, statement, 0);
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsClosed.selector, _idOf(_c)));
        _closeAs(_rita, 10 ether, statement, 0);
        _c.salt = "unknown";
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsUnknown.selector, _idOf(_c)));
        _closeAs(_rita, 10 ether, statement, 0);
    }

    function testFuzz_closeWithStatement_bindsEverything(uint128 spent, uint256 deadline, bytes32 salt)
        public
    {
        bytes memory statement = _signStatement(_paul.key, _c, 10 ether, _DEADLINE);
        deadline = bound(deadline, _START, type(uint256).max);
        vm.assume(spent != 10 ether || deadline != _DEADLINE);
        _expectInvalid(_paul.addr);
        vm.prank(_alice.addr);
        _channels.closeWithStatement(_c, spent, deadline, statement, 0, "");

        vm.assume(salt != _c.salt);
        _c.salt = salt;
        _open(_c, _DEPOSIT);
        _expectInvalid(_paul.addr);
        _closeAs(_alice.addr, 10 ether, statement, 0);
    }
}
