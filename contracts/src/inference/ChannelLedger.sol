// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ChannelSlot} from "./ChannelSlot.sol";
import {Channel, ChannelState} from "./ChannelTypes.sol";
import {IChannelLedger} from "./IChannelLedger.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @notice Storage of channels, vaults and the fee, and the few ways to change them that the other parts share.
abstract contract ChannelLedger is
    IChannelLedger,
    EIP712("EVM Payment Channel", "1"),
    ReentrancyGuardTransient
{
    using SafeERC20 for IERC20;

    bytes32 internal constant VOUCHER_TYPEHASH =
        keccak256("Voucher(bytes32 channelId,uint128 cumulativeAmount)");
    uint256 private constant BPS = 10_000;

    /// @dev A struct around one word, so that a channel is looked up once and then read and written in place.
    struct StoredChannel {
        ChannelSlot slot;
    }

    mapping(bytes32 channelId => StoredChannel channel) private _channels;
    mapping(address owner => mapping(address token => uint256 balance)) private _vaults;
    uint16 private _feeBps;
    address private _feeRecipient;

    /// @inheritdoc IChannelLedger
    function computeChannelId(
        address payer,
        address payee,
        address token,
        bytes32 salt,
        address authorizedSigner
    ) public view returns (bytes32 channelId) {
        // Equal to keccak256(abi.encode(...)), without keeping the encoding in memory; shifts clean the addresses.
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, shr(96, shl(96, payer)))
            mstore(add(free, 0x20), shr(96, shl(96, payee)))
            mstore(add(free, 0x40), shr(96, shl(96, token)))
            mstore(add(free, 0x60), salt)
            mstore(add(free, 0x80), shr(96, shl(96, authorizedSigner)))
            mstore(add(free, 0xa0), address())
            mstore(add(free, 0xc0), chainid())
            channelId := keccak256(free, 0xe0)
        }
    }

    /// @inheritdoc IChannelLedger
    function getChannel(bytes32 channelId) public view returns (ChannelState memory) {
        return _channels[channelId].slot.toState();
    }

    /// @inheritdoc IChannelLedger
    function getChannels(bytes32[] calldata channelIds) external view returns (ChannelState[] memory states) {
        states = new ChannelState[](channelIds.length);
        for (uint256 i = 0; i < channelIds.length; ++i) {
            states[i] = getChannel(channelIds[i]);
        }
    }

    /// @inheritdoc IChannelLedger
    function vaultBalanceOf(address owner, address token) public view returns (uint256) {
        return _vaults[owner][token];
    }

    /// @dev {computeChannelId} of a descriptor in calldata, whose words already are in the order that is hashed.
    /// Copying them saves 500 gas; an address with dirty upper bits names a channel that cannot exist.
    function _idOf(Channel calldata channel) internal view returns (bytes32 channelId) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            calldatacopy(free, channel, 0xa0)
            mstore(add(free, 0xa0), address())
            mstore(add(free, 0xc0), chainid())
            channelId := keccak256(free, 0xe0)
        }
    }

    function _stored(bytes32 channelId) internal view returns (StoredChannel storage) {
        return _channels[channelId];
    }

    /// @dev A channel that money may still move in.
    function _loadOpen(bytes32 channelId)
        internal
        view
        returns (StoredChannel storage stored, ChannelSlot slot)
    {
        stored = _channels[channelId];
        slot = stored.slot;
        if (slot.isUnknown()) revert ChannelsUnknown(channelId);
        if (slot.isClosed()) revert ChannelsClosed(channelId);
    }

    function _fee() internal view returns (uint16 bps, address recipient) {
        return (_feeBps, _feeRecipient);
    }

    function _storeFee(uint16 bps, address recipient) internal {
        (_feeBps, _feeRecipient) = (bps, recipient);
    }

    function _credit(address owner, address token, uint256 amount) internal {
        _vaults[owner][token] += amount;
    }

    function _debit(address owner, address token, uint256 amount) internal {
        uint256 balance = _vaults[owner][token];
        if (balance < amount) revert ChannelsVaultInsufficient(owner, token, balance, amount);
        unchecked {
            // The balance was just found to be at least the amount.
            _vaults[owner][token] = balance - amount;
        }
    }

    /// @dev What the protocol takes of a captured amount. Rounds down, in the payee's favor.
    function _feeOf(ChannelSlot slot, uint256 amount) internal pure returns (uint256) {
        unchecked {
            // The amount fits into 96 bits and the basis points into 16, so the product cannot overflow.
            return (amount * slot.feeBps()) / BPS;
        }
    }

    /// @dev Pays a captured amount out: the fee into its recipient's vault, the rest to the payee.
    function _payPayee(address payee, address token, uint256 amount, uint256 feeAmount) internal {
        if (feeAmount != 0) {
            address recipient = _feeRecipient;
            if (recipient != address(0)) {
                _credit(recipient, token, feeAmount);
                emit FeeAccrued(recipient, token, feeAmount);
                amount -= feeAmount;
            }
        }
        IERC20(token).safeTransfer(payee, amount);
    }

    /// @dev Pulls tokens from an allowance and checks that exactly that much arrived.
    function _pull(address token, address from, uint256 amount) internal {
        uint256 expected = _balanceOf(token) + amount;
        IERC20(token).safeTransferFrom(from, address(this), amount);
        _checkBalance(token, expected);
    }

    /// @dev What this contract holds. Addresses without code, or that answer with less than a word, are no tokens.
    /// In assembly because every deposit asks twice, and a call through scratch memory costs a third.
    function _balanceOf(address token) internal view returns (uint256 held) {
        bytes4 selector = IERC20.balanceOf.selector;
        bool answered;
        assembly ("memory-safe") {
            mstore(0x00, selector)
            mstore(0x04, address())
            answered := staticcall(gas(), token, 0x00, 0x24, 0x00, 0x20)
            answered := and(answered, gt(returndatasize(), 0x1f))
            held := mload(0x00)
        }
        if (!answered) revert ChannelsTokenInvalid(token);
    }

    function _checkBalance(address token, uint256 expected) internal view {
        uint256 actual = _balanceOf(token);
        if (actual != expected) revert ChannelsDepositMismatch(token, expected, actual);
    }

    function _checkAmount(uint256 amount) internal pure {
        if (amount == 0) revert ChannelsAmountZero();
        if (amount > type(uint96).max) revert ChannelsAmountTooLarge(amount);
    }

    function _checkAddress(address account) internal view {
        if (account == address(0) || account == address(this)) revert ChannelsAddressInvalid(account);
    }

    function _checkPayer(Channel calldata channel) internal view {
        if (msg.sender != channel.payer) revert ChannelsNotPayer(msg.sender, channel.payer);
    }

    function _checkDeadline(uint256 deadline) internal view {
        if (block.timestamp > deadline) revert ChannelsSignatureExpired(deadline);
    }

    function _checkSignature(address signer, bytes32 structHash, bytes calldata signature) internal view {
        if (!_isSignedBy(signer, _hashTypedDataV4(structHash), signature)) {
            revert ChannelsInvalidSignature(signer);
        }
    }

    /// @dev ECDSA comes first, even for accounts with code: an EOA that delegates by EIP-7702 must not be able to make
    /// the vouchers it signed before worthless.
    function _isSignedBy(address signer, bytes32 digest, bytes calldata signature)
        internal
        view
        returns (bool)
    {
        if (signer == address(0)) return false;
        (address recovered,,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (recovered == signer) return true;
        return signer.code.length != 0
            && SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, signature);
    }

    /// @dev Who signs vouchers and stream commitments of a channel.
    function _signerOf(Channel calldata channel) internal pure returns (address) {
        return channel.authorizedSigner == address(0) ? channel.payer : channel.authorizedSigner;
    }

    function _checkVoucher(
        Channel calldata channel,
        bytes32 channelId,
        uint256 cumulativeAmount,
        bytes calldata signature
    ) internal view {
        bytes32 structHash = keccak256(abi.encode(VOUCHER_TYPEHASH, channelId, cumulativeAmount));
        _checkSignature(_signerOf(channel), structHash, signature);
    }
}
