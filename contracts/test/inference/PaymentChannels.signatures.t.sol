// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "../../src/inference/ChannelTypes.sol";
import {IChannelLedger} from "../../src/inference/IChannelLedger.sol";
import {IPaymentChannels} from "../../src/inference/IPaymentChannels.sol";
import {ChannelFixture} from "./ChannelFixture.sol";
import {ContractWallet} from "./ContractWallet.sol";

/// Whose signature a voucher needs, and which signatures are none.
contract PaymentChannelsSignaturesTest is ChannelFixture {
    uint256 private constant _ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    function _expectInvalid(address signer) private {
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsInvalidSignature.selector, signer));
    }

    function _settleWith(Channel memory channel, bytes memory signature) private {
        vm.prank(_paul.addr);
        _channels.settle(channel, 10 ether, 10 ether, signature);
    }

    function _withSigner(address signer) private returns (Channel memory channel) {
        channel = _channel(2);
        channel.authorizedSigner = signer;
        _open(channel, _DEPOSIT);
    }

    function test_settle_acceptsTheAuthorizedSigner() public {
        Channel memory channel = _withSigner(_key.addr);
        _settleWith(channel, _signVoucher(_key.key, channel, 10 ether));
        assertEq(_stateOf(channel).settled, 10 ether);
    }

    /// Once another key signs, the payer's own signature is worth nothing.
    function test_settle_refusesThePayerWhenAnotherKeySigns() public {
        Channel memory channel = _withSigner(_key.addr);
        bytes memory signature = _signVoucher(_alice.key, channel, 10 ether);
        _expectInvalid(_key.addr);
        _settleWith(channel, signature);
    }

    function test_settle_refusesAStrangersSignature() public {
        Channel memory channel = _opened(1);
        bytes memory signature = _signVoucher(_key.key, channel, 10 ether);
        _expectInvalid(_alice.addr);
        _settleWith(channel, signature);
    }

    /// Pitfall 24: Eve takes a voucher to another chain.
    function test_settle_refusesAVoucherOfAnotherChain() public {
        Channel memory channel = _opened(1);
        bytes memory signature = _signVoucher(_alice.key, channel, 10 ether);
        vm.chainId(block.chainid + 1);
        // The channel itself does not exist there, and if it did the voucher would be for another one.
        vm.expectRevert(abi.encodeWithSelector(IChannelLedger.ChannelsUnknown.selector, _idOf(channel)));
        _settleWith(channel, signature);
        _token.mint(_alice.addr, _DEPOSIT);
        _open(channel, _DEPOSIT);
        _expectInvalid(_alice.addr);
        _settleWith(channel, signature);
    }

    /// Pitfall 24: Eve takes a voucher to another deployment.
    function test_settle_refusesAVoucherOfAnotherContract() public {
        Channel memory channel = _opened(1);
        bytes memory signature = _signVoucher(_alice.key, channel, 10 ether);
        IPaymentChannels other = IPaymentChannels(
            deployCode("PaymentChannels.sol:PaymentChannels", abi.encode(address(_manager)))
        );
        vm.startPrank(_alice.addr);
        _token.approve(address(other), _DEPOSIT);
        other.open(_paul.addr, address(_token), _DEPOSIT, channel.salt, address(0));
        vm.stopPrank();
        _expectInvalid(_alice.addr);
        vm.prank(_paul.addr);
        other.settle(channel, 10 ether, 10 ether, signature);
    }

    function test_settle_refusesAVoucherOfAnotherChannel() public {
        Channel memory channel = _opened(1);
        bytes memory signature = _signVoucher(_alice.key, _opened(2), 10 ether);
        _expectInvalid(_alice.addr);
        _settleWith(channel, signature);
    }

    function test_settle_refusesTheMalleableTwin() public {
        Channel memory channel = _opened(1);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_alice.key, _hash(_voucher(_idOf(channel), 10 ether)));
        bytes32 high = bytes32(_ORDER - uint256(s));
        _expectInvalid(_alice.addr);
        _settleWith(channel, bytes.concat(r, high, bytes1(v == 27 ? 28 : 27)));
        _settleWith(channel, bytes.concat(r, s, bytes1(v)));
    }

    function test_settle_refusesCompactAndTruncatedSignatures() public {
        Channel memory channel = _opened(1);
        bytes32 digest = _hash(_voucher(_idOf(channel), 10 ether));
        _expectInvalid(_alice.addr);
        _settleWith(channel, _signCompact(_alice.key, digest));
        _expectInvalid(_alice.addr);
        _settleWith(channel, "");
        _expectInvalid(_alice.addr);
        _settleWith(channel, bytes.concat(_sign(_alice.key, digest), hex"00"));
    }

    /// ecrecover answers zero for nonsense, which must never equal a signer that is zero.
    function test_settle_neverMatchesARecoveryOfZero() public {
        Channel memory channel = _opened(1);
        _expectInvalid(_alice.addr);
        _settleWith(channel, new bytes(65));
    }

    function testFuzz_settle_refusesAnyAlteredVoucher(uint128 amount, uint256 byteIndex, uint8 flip) public {
        Channel memory channel = _opened(1);
        bytes memory signature = _signVoucher(_alice.key, channel, 10 ether);
        amount = uint128(bound(amount, 10 ether + 1, type(uint128).max));
        _expectInvalid(_alice.addr);
        vm.prank(_paul.addr);
        _channels.settle(channel, amount, 10 ether, signature);

        flip = uint8(bound(flip, 1, 255));
        byteIndex = byteIndex % 65;
        signature[byteIndex] = bytes1(uint8(signature[byteIndex]) ^ flip);
        _expectInvalid(_alice.addr);
        _settleWith(channel, signature);
    }

    function test_settle_acceptsAContractSigner() public {
        ContractWallet wallet = new ContractWallet(_key.addr);
        Channel memory channel = _withSigner(address(wallet));
        _settleWith(channel, _signVoucher(_key.key, channel, 10 ether));
        assertEq(_stateOf(channel).settled, 10 ether);
    }

    /// Pitfall 15: a contract that rotates its key takes its old vouchers with it. Payees prefer EOA signers.
    function test_settle_refusesVouchersOfARotatedContractSigner() public {
        ContractWallet wallet = new ContractWallet(_key.addr);
        Channel memory channel = _withSigner(address(wallet));
        bytes memory signature = _signVoucher(_key.key, channel, 10 ether);
        wallet.rotate(_mallory);
        _expectInvalid(address(wallet));
        _settleWith(channel, signature);
    }

    /// Pitfall 15, for EOAs: delegating by EIP-7702 to code that denies everything saves nobody from old vouchers.
    function test_settle_acceptsAnEoaThatDelegatedToCodeSince() public {
        Channel memory channel = _opened(1);
        bytes memory signature = _signVoucher(_alice.key, channel, 10 ether);
        ContractWallet denying = new ContractWallet(address(1));
        vm.etch(_alice.addr, bytes.concat(hex"ef0100", bytes20(address(denying))));
        _settleWith(channel, signature);
        assertEq(_stateOf(channel).settled, 10 ether);
    }
}
