// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {IERC3009, IERC3009Cancel} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC1363} from "@openzeppelin/contracts/token/ERC20/extensions/ERC1363.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Capped} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Capped.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {ERC20Bridgeable} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC20Bridgeable.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

import {AITokenArguments} from "./AITokenArguments.sol";
import {IAIToken} from "./IAIToken.sol";

/// @title AIToken
/// @notice The token described by {IAIToken}.
contract AIToken is
    AccessManaged,
    ERC20,
    ERC20Capped,
    ERC20Burnable,
    ERC20Permit,
    ERC20Votes,
    ERC3009,
    ERC1363,
    ERC20Bridgeable,
    IAIToken
{
    using RateLimiter for RateLimiter.RefillingBucket;

    struct Bridge {
        RateLimiter.RefillingBucket inbound;
        RateLimiter.RefillingBucket outbound;
    }

    /// A bucket holds many entries under one configuration; ours has a configuration per bridge, hence one entry.
    bytes32 private constant _ENTRY = 0;

    mapping(address bridge => Bridge) private _bridges;

    /// @notice Creates the token and its first supply.
    /// @dev Reverts with `AITokenInvalidName`, `AITokenInvalidSymbol`, `AITokenInvalidCap`,
    /// `AccessManagedInvalidAuthority` when the authority is an address without code, `ERC20ExceededCap` when the
    /// supply is above the cap, and `ERC20InvalidReceiver` when there is a supply and nobody to hold it.
    /// @param name_ Name, 1 to 31 bytes; also the name of the EIP-712 domain.
    /// @param symbol_ Symbol, 1 to 31 bytes.
    /// @param cap_ Most tokens that may ever exist on this chain at once, in base units, up to 2^208 - 1.
    /// @param authority_ AccessManager that says who may mint and set bridge limits, or the zero address for a
    /// token nobody governs: its supply can then only shrink.
    /// @param holder Who receives the first supply.
    /// @param supply The first supply, in base units. Zero mints nothing.
    constructor(
        string memory name_,
        string memory symbol_,
        uint256 cap_,
        address authority_,
        address holder,
        uint256 supply
    )
        AccessManaged(AITokenArguments.checkedAuthority(authority_))
        ERC20(AITokenArguments.checkedName(name_), AITokenArguments.checkedSymbol(symbol_))
        ERC20Capped(AITokenArguments.checkedCap(cap_))
        ERC20Permit(AITokenArguments.checkedName(name_))
    {
        if (supply > 0) _mint(holder, supply);
    }

    /// @inheritdoc IAIToken
    function mint(address to, uint256 amount) external restricted {
        _mint(to, amount);
    }

    /// @inheritdoc IAIToken
    function setBridgeLimits(address bridge, BridgeLimits calldata limits) external restricted {
        if (bridge == address(0)) revert AITokenInvalidBridge(bridge);
        _setLimit(_bridges[bridge].inbound, limits.inbound);
        _setLimit(_bridges[bridge].outbound, limits.outbound);
        emit BridgeLimitsSet(bridge, limits);
    }

    /// @inheritdoc IAIToken
    function bridgeLimits(address bridge) external view returns (BridgeLimits memory limits) {
        Bridge storage bridge_ = _bridges[bridge];
        limits.inbound = BridgeLimit(bridge_.inbound._capacity, bridge_.inbound._window);
        limits.outbound = BridgeLimit(bridge_.outbound._capacity, bridge_.outbound._window);
    }

    /// @inheritdoc IAIToken
    function bridgeAvailable(address bridge) external view returns (uint256 inbound, uint256 outbound) {
        Bridge storage bridge_ = _bridges[bridge];
        return (bridge_.inbound.available(_ENTRY), bridge_.outbound.available(_ENTRY));
    }

    /// @inheritdoc IAIToken
    function crosschainMint(address to, uint256 amount) public override(IAIToken, ERC20Bridgeable) {
        _consume(_bridges[msg.sender].inbound, amount);
        super.crosschainMint(to, amount);
    }

    /// @inheritdoc IAIToken
    function crosschainBurn(address from, uint256 amount) public override(IAIToken, ERC20Bridgeable) {
        _consume(_bridges[msg.sender].outbound, amount);
        if (from != msg.sender) _spendAllowance(from, msg.sender, amount);
        super.crosschainBurn(from, amount);
    }

    /// @notice Says the current time, the clock votes are counted by (ERC-6372).
    /// @return The block's timestamp, in seconds.
    function clock() public view override(IERC6372, Votes) returns (uint48) {
        return Time.timestamp();
    }

    /// @notice Says that the clock counts seconds (ERC-6372).
    /// @return "mode=timestamp".
    // The standard names it so.
    // forge-lint: disable-next-line(mixed-case-function)
    function CLOCK_MODE() public pure override(IERC6372, Votes) returns (string memory) {
        return "mode=timestamp";
    }

    /// @notice Says the number the owner's next permit or delegation by signature must carry.
    /// @param owner Who signs.
    /// @return The next number.
    function nonces(address owner) public view override(IERC20Permit, ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    /// @notice Says whether the token implements an interface (ERC-165).
    /// @param interfaceId The interface's identifier.
    /// @return Whether it does.
    function supportsInterface(bytes4 interfaceId)
        public
        view
        override(IERC165, ERC1363, ERC20Bridgeable)
        returns (bool)
    {
        return interfaceId == type(IERC20).interfaceId || interfaceId == type(IERC20Metadata).interfaceId
            || interfaceId == type(IERC20Permit).interfaceId || interfaceId == type(IERC3009).interfaceId
            || interfaceId == type(IERC3009Cancel).interfaceId || interfaceId == type(IVotes).interfaceId
            || interfaceId == type(IERC6372).interfaceId || super.supportsInterface(interfaceId);
    }

    function _update(address from, address to, uint256 value)
        internal
        override(ERC20, ERC20Capped, ERC20Votes)
    {
        super._update(from, to, value);
    }

    function _checkTokenBridge(address caller) internal view override {
        Bridge storage bridge = _bridges[caller];
        if (bridge.inbound._capacity == 0 && bridge.outbound._capacity == 0) {
            revert AITokenUnauthorizedBridge(caller);
        }
    }

    function _consume(RateLimiter.RefillingBucket storage bucket, uint256 amount) private {
        if (bucket.tryConsume(_ENTRY, amount)) return;
        // A stranger's bucket is empty too; it deserves the truer error.
        _checkTokenBridge(msg.sender);
        revert AITokenBridgeLimitExceeded(msg.sender, amount, bucket.available(_ENTRY));
    }

    function _setLimit(RateLimiter.RefillingBucket storage bucket, BridgeLimit calldata limit) private {
        if ((limit.capacity == 0) != (limit.window == 0)) {
            revert AITokenInvalidBridgeLimit(limit.capacity, limit.window);
        }
        // Otherwise the new rate would apply to the time that passed under the old one.
        bucket.sync(_ENTRY);
        bucket.updateSettings(limit.window, limit.capacity);
    }
}
