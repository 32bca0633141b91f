// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {Test} from "forge-std/Test.sol";

import {Channel} from "../../src/inference/ChannelTypes.sol";
import {IPaymentChannels} from "../../src/inference/IPaymentChannels.sol";
import {IProviderRegistry} from "../../src/inference/IProviderRegistry.sol";
import {Listing, ProviderState, SignedReceipt, UsageReceipt} from "../../src/inference/RegistryTypes.sol";
import {ChannelSigner} from "./ChannelSigner.sol";

/// A token that can be burned.
contract BondToken is ERC20("Bond", "BOND"), ERC20Burnable {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// A registry, its token, channels, and the people around them. What they sign comes from the specification.
abstract contract RegistryFixture is Test, ChannelSigner {
    uint256 internal constant _START = 1_800_000_000;
    uint256 internal constant _DELAY = 14 days;
    uint256 internal constant _BOND = 1_000 ether;

    IProviderRegistry internal _registry;
    IPaymentChannels internal _channels;
    AccessManager internal _manager;
    BondToken internal _token;

    Account internal _alice = makeAccount("alice, who pays");
    Account internal _key = makeAccount("the key of paul's gateway");
    Account internal _nextKey = makeAccount("the next key of paul's gateway");
    address internal _paul = makeAddr("paul, who provides");
    address internal _pauls = makeAddr("paul's purse");
    address internal _admin = makeAddr("admin");
    address internal _sue = makeAddr("sue, who slashes");
    address internal _rita = makeAddr("rita, who reports");
    Account internal _mallory = makeAccount("mallory");

    function setUp() public virtual {
        vm.warp(_START);
        _manager = new AccessManager(_admin);
        _channels = IPaymentChannels(
            deployCode("PaymentChannels.sol:PaymentChannels", abi.encode(address(_manager)))
        );
        _token = new BondToken();
        _registry = _deploy(address(_token), _DELAY);
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = IProviderRegistry.slash.selector;
        vm.startPrank(_admin);
        _manager.setTargetFunctionRole(address(_registry), selectors, 7);
        _manager.grantRole(7, _sue, 0);
        vm.stopPrank();
        _fund(_paul);
        _fund(_alice.addr);
        _fund(_mallory.addr);
    }

    function _deploy(address token, uint256 delay) internal returns (IProviderRegistry) {
        return IProviderRegistry(
            deployCode(
                "ProviderRegistry.sol:ProviderRegistry",
                abi.encode(address(_manager), token, address(_channels), delay)
            )
        );
    }

    function _fund(address account) internal {
        _token.mint(account, 1_000_000 ether);
        vm.startPrank(account);
        _token.approve(address(_registry), type(uint256).max);
        _token.approve(address(_channels), type(uint256).max);
        vm.stopPrank();
    }

    function _listing() internal view returns (Listing memory) {
        return Listing(_pauls, _key.addr, keccak256("manifest"), "https://paul.example");
    }

    function _registered() internal returns (uint256 id) {
        vm.prank(_paul);
        id = _registry.register(_listing(), "ipfs://manifest", _BOND);
    }

    function _rotate(uint256 id, address signer) internal {
        Listing memory listing = _listing();
        listing.receiptSigner = signer;
        vm.prank(_paul);
        _registry.update(id, listing, "");
    }

    function _stateOf(uint256 id) internal view returns (ProviderState memory) {
        return _registry.getProvider(id);
    }

    function _stakeOf(uint256 id) internal view returns (uint256) {
        ProviderState memory provider = _stateOf(id);
        return uint256(provider.bond) + provider.unbonding;
    }

    function _channel() internal view returns (Channel memory) {
        return Channel(_alice.addr, _pauls, address(_token), bytes32(uint256(7)), address(0));
    }

    /// A channel on which Alice paid Paul, so that she has something to lose.
    function _settled(uint128 amount) internal returns (Channel memory channel) {
        channel = _channel();
        vm.prank(_alice.addr);
        _channels.open(channel.payee, channel.token, 10_000 ether, channel.salt, channel.authorizedSigner);
        _capture(channel, amount);
    }

    /// Rita tells of two receipts of one number, signed with a key.
    function _submit(uint256 id, Channel memory channel, uint256 key)
        internal
        returns (uint256 slashed, uint256 compensation)
    {
        (SignedReceipt memory first, SignedReceipt memory second) = _conflict(key, channel);
        vm.prank(_rita);
        return _registry.slashWithProof(id, channel, first, second);
    }

    /// The payee of Alice's channel takes what she signed for.
    function _capture(Channel memory channel, uint128 amount) internal {
        bytes32 id = _id(channel, address(_channels), block.chainid);
        bytes32 domain = _domain(address(_channels), block.chainid);
        bytes memory signature = _sign(_alice.key, _digest(domain, _voucher(id, amount)));
        vm.prank(channel.payee);
        _channels.settle(channel, amount, amount, signature);
    }

    function _receipt(Channel memory channel, uint64 sequence, uint128 cost)
        internal
        view
        returns (UsageReceipt memory receipt)
    {
        receipt.channelId = _id(channel, address(_channels), block.chainid);
        receipt.sequence = sequence;
        receipt.requestHash = keccak256("request");
        receipt.responseHash = keccak256("response");
        receipt.inputTokens = 5;
        receipt.outputTokens = 9;
        receipt.cost = cost;
        receipt.cumulative = cost;
    }

    function _signed(uint256 key, UsageReceipt memory receipt) internal view returns (SignedReceipt memory) {
        return SignedReceipt(receipt, _sign(key, _receiptDigest(receipt, address(_channels), block.chainid)));
    }

    function _receiptDigest(UsageReceipt memory receipt, address channels, uint256 chainId)
        internal
        pure
        returns (bytes32)
    {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("AIToken Inference"),
                keccak256("1"),
                chainId,
                channels
            )
        );
        bytes32 typehash = keccak256(
            bytes.concat(
                "UsageReceipt(bytes32 channelId,uint64 sequence,bytes32 requestHash,bytes32 responseHash,",
                "bytes32 modelHash,bytes32 priceTableHash,bytes32 policyHash,uint64 inputTokens,",
                "uint64 cachedInputTokens,uint64 outputTokens,uint64 reasoningTokens,uint128 cost,",
                "uint128 cumulative)"
            )
        );
        bytes memory head = abi.encode(
            typehash,
            receipt.channelId,
            uint256(receipt.sequence),
            receipt.requestHash,
            receipt.responseHash,
            receipt.modelHash,
            receipt.priceTableHash,
            receipt.policyHash
        );
        bytes memory tail = abi.encode(
            uint256(receipt.inputTokens),
            uint256(receipt.cachedInputTokens),
            uint256(receipt.outputTokens),
            uint256(receipt.reasoningTokens),
            uint256(receipt.cost),
            uint256(receipt.cumulative)
        );
        return _digest(domain, keccak256(bytes.concat(head, tail)));
    }

    /// Two receipts of one number that charge differently.
    function _conflict(uint256 key, Channel memory channel)
        internal
        view
        returns (SignedReceipt memory first, SignedReceipt memory second)
    {
        return (_signed(key, _receipt(channel, 1, 10)), _signed(key, _receipt(channel, 1, 20)));
    }
}
