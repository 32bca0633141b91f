// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC1363} from "@openzeppelin/contracts/interfaces/IERC1363.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IERC5805} from "@openzeppelin/contracts/interfaces/IERC5805.sol";
import {IERC3009, IERC3009Cancel} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {IERC7802} from "@openzeppelin/contracts/interfaces/draft-IERC7802.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @title A token that pays for AI, governs it, and moves across chains
/// @notice ERC-20 with permits (ERC-2612), signed transfers (ERC-3009), votes (ERC-5805), transfers that call
/// their recipient (ERC-1363), and rate-limited cross-chain mint and burn (ERC-7802).
/// @dev Signatures. Permits, delegations and ERC-3009 authorizations are EIP-712 messages of one domain: the
/// token's name, version "1", the chain and the token. A permit and a delegation by signature consume the same
/// sequential `nonces(owner)`, so two of them signed at once must be submitted in order. An ERC-3009 authorization
/// consumes a 32-byte nonce of its own, random and in no order. All three are checked by ECDSA recovery: contract
/// accounts cannot sign them (ERC-1271 is not consulted), they use `approve`, `delegate` and `transfer`.
/// A delegation does not name its signer: one that was altered, or signed for another chain, does not revert but
/// delegates for whatever address it recovers to. Recover the signer before submitting one.
///
/// Validity. A permit or delegation is valid up to and including its deadline. An authorization is valid strictly
/// after `validAfter` and strictly before `validBefore`, both in seconds; when both have bit 47 set (far beyond any
/// date), they are block numbers instead.
///
/// Votes are checkpointed against seconds, not blocks (`CLOCK_MODE()` is "mode=timestamp"), so a timepoint means
/// the same on every chain. Tokens count as votes once their holder has delegated, if only to itself.
///
/// Events. Balances, supply, delegates, votes, bridge limits and what each bridge used follow from the logs. Spending
/// an allowance emits no `Approval`, to keep `transferFrom` cheap: read `allowance`.
///
/// Powers. The authority (an AccessManager) decides who may `mint` and `setBridgeLimits`; it can neither pause,
/// freeze, seize nor upgrade. The cap limits the supply of this one chain.
///
/// Bridges. A bridge is trusted to mint only what was burned elsewhere. Its inbound limit bounds what it can create
/// when that trust is broken, and it can burn no tokens but its own and those their holder approved it to spend.
/// ERC-7802 leaves the choice open: OpenZeppelin's and the Superchain's tokens let a bridge burn from anybody, we
/// follow xERC20. A holder approves or permits the bridge once before sending through it.
interface IAIToken is
    IAccessManaged,
    IERC20Metadata,
    IERC20Permit,
    IERC5267,
    IERC5805,
    IERC3009,
    IERC3009Cancel,
    IERC1363,
    IERC7802
{
    /// @notice How much may pass in one direction: a bucket that starts full and refills linearly.
    /// @dev In any `t` seconds, at most `capacity + capacity * t / window` passes.
    /// @param capacity What passes at once when the bucket is full, in base units. Zero closes the direction.
    /// @param window Seconds an empty bucket takes to fill. Zero exactly when `capacity` is.
    struct BridgeLimit {
        uint208 capacity;
        uint48 window;
    }

    /// @notice What a bridge may do on this chain.
    /// @param inbound Limit on what the bridge mints here.
    /// @param outbound Limit on what the bridge burns here.
    struct BridgeLimits {
        BridgeLimit inbound;
        BridgeLimit outbound;
    }

    /// @notice A bridge was added, changed or removed.
    /// @param bridge The bridge.
    /// @param limits What it may do from now on; all zero when it was removed.
    event BridgeLimitsSet(address indexed bridge, BridgeLimits limits);

    /// @notice The name is empty or longer than the 31 bytes an EIP-712 domain can hold.
    /// @param name The name given.
    error AITokenInvalidName(string name);

    /// @notice The symbol is empty or longer than 31 bytes.
    /// @param symbol The symbol given.
    error AITokenInvalidSymbol(string symbol);

    /// @notice The cap is zero or above 2^208 - 1, the most that votes can count.
    /// @param cap The cap given, in base units.
    error AITokenInvalidCap(uint256 cap);

    /// @notice The zero address cannot be a bridge.
    /// @param bridge The address given.
    error AITokenInvalidBridge(address bridge);

    /// @notice A limit has a capacity without a window, which would not limit anything, or a window without a
    /// capacity.
    /// @param capacity The capacity given, in base units.
    /// @param window The window given, in seconds.
    error AITokenInvalidBridgeLimit(uint208 capacity, uint48 window);

    /// @notice The caller is no bridge, or no longer one.
    /// @param caller Who called.
    error AITokenUnauthorizedBridge(address caller);

    /// @notice The bridge asked for more than it may move now.
    /// @param bridge The bridge.
    /// @param amount What it asked for, in base units.
    /// @param available What it may move now in this direction, in base units.
    error AITokenBridgeLimitExceeded(address bridge, uint256 amount, uint256 available);

    /// @notice Creates tokens, up to the cap. Only for accounts the authority allows.
    /// @dev Reverts with `AccessManagedUnauthorized` for anybody else, with `ERC20ExceededCap` above the cap and
    /// with `ERC20InvalidReceiver` for the zero address.
    /// @param to Who receives them.
    /// @param amount How many, in base units.
    function mint(address to, uint256 amount) external;

    /// @notice Creates tokens that were burned on another chain (ERC-7802). Only for bridges, within their inbound
    /// limit.
    /// @dev Reverts with `AITokenUnauthorizedBridge`, `AITokenBridgeLimitExceeded`, `ERC20ExceededCap` or
    /// `ERC20InvalidReceiver`.
    /// @param to Who receives them.
    /// @param amount How many, in base units.
    function crosschainMint(address to, uint256 amount) external;

    /// @notice Destroys tokens that will be minted on another chain (ERC-7802). Only for bridges, within their
    /// outbound limit, and from an account other than the bridge only within the allowance it gave the bridge.
    /// @dev Reverts with `AITokenUnauthorizedBridge`, `AITokenBridgeLimitExceeded`, `ERC20InsufficientAllowance`
    /// or `ERC20InsufficientBalance`.
    /// @param from Whose tokens.
    /// @param amount How many, in base units.
    function crosschainBurn(address from, uint256 amount) external;

    /// @notice Adds, changes or removes a bridge. Only for accounts the authority allows.
    /// @dev What the bridge used stays used: lowering, raising, or removing and adding again never refills a
    /// bucket, and nothing refills while its direction is closed. A bucket that used more than its new capacity
    /// stays empty until the excess has refilled too, at the new rate: lowered to a tenth after all was used, it lets
    /// nothing pass for nine windows. Messages of a removed bridge that arrive later revert, and succeed again once it
    /// is back.
    /// @param bridge The bridge.
    /// @param limits What it may do from now on; all zero to remove it.
    function setBridgeLimits(address bridge, BridgeLimits calldata limits) external;

    /// @notice Says what a bridge may do.
    /// @param bridge The bridge.
    /// @return limits Its limits; all zero when it is no bridge.
    function bridgeLimits(address bridge) external view returns (BridgeLimits memory limits);

    /// @notice Says how much a bridge may move at this moment.
    /// @param bridge The bridge.
    /// @return inbound What it may mint now, in base units.
    /// @return outbound What it may burn now, in base units.
    function bridgeAvailable(address bridge) external view returns (uint256 inbound, uint256 outbound);
}
