// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Channel} from "./ChannelTypes.sol";
import {Listing, ProviderState, SignedReceipt, SignerTerm} from "./RegistryTypes.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

/// @title Providers of inference, and the bonds that vouch for them
/// @notice A provider publishes where it answers, whom it is paid as and which key signs its prices and receipts, so
/// that a payer can refuse an impostor before any money moves. What it bonds is at stake: a slasher may take it, and
/// anybody may prove that it signed two different receipts for one number.
/// @dev States. A provider is listed from `register` until `deregister`, which is final. Its signer is a key, or nobody
/// from a conviction until the owner names another key. Bonded tokens go to unbonding, and from there out; neither way
/// back nor shortcut exists.
///
/// Invariants. The tokens held are at least the sum of every bond and of everything unbonding, and exactly that when
/// nobody sent tokens without bonding them. Only a provider's owner starts unbonding and withdraws, only after the whole
/// delay; nothing and nobody, the authority included, can pause that, shorten or lengthen the delay, or move a bond
/// otherwise than by slashing. Slashing never takes more than one provider has bonded and unbonding, and takes what is
/// unbonding first: nobody keeps more by leaving early.
///
/// Signers. A receipt carries no time, so a key answers for its receipts while it is the provider's signer and for one
/// unbonding delay after: as long as the bond of that time can still be there, and no longer, because what leaks from a
/// retired key must not hurt forever. `signerTermOf` keeps the term for good, for those who judge old receipts. A key
/// that was replaced cannot return to the same provider, so its term is one interval. Whoever takes over a provider
/// takes over what its keys signed.
///
/// Proofs. Two different receipts of one channel and number convict the keys that signed them, except that a retired
/// key never convicts the signer: when one receipt is the signer's and the other a retired key's, the retired key alone
/// is convicted. So rotating away from a key that leaked ends its power over the provider, save for its one share. Only
/// by contradicting itself is the signer convicted, and then it is removed at once. Each key is convicted once: a key
/// that leaked, or a gateway that lost its books, costs one share of the bond and not all of it, and no proof counts
/// twice. A part goes to the payer of the receipts' channel, whoever submits, so copying somebody's proof gains nothing;
/// it is at most what that channel paid the provider. The rest is burned, so a provider that convicts itself over a
/// channel of its own to avoid the delay loses most of it. It can take the payer's part from its victim that way, and
/// nothing else. What goes beyond one share is the slasher's to judge.
///
/// Trust. Registering proves control of the owner's account and of nothing else: anybody can name a payee, a key or an
/// endpoint that is somebody else's. Believe an endpoint when its prices are signed by the registered key and name the
/// registered payee.
interface IProviderRegistry is IAccessManaged {
    /// @notice A provider registered.
    /// @param id Its number.
    /// @param owner Who may change it.
    event ProviderRegistered(uint256 indexed id, address indexed owner);

    /// @notice A provider published what it is, the first time or anew.
    /// @param id The provider.
    /// @param payee Who its channels pay.
    /// @param manifestDigest Digest of its manifest.
    /// @param endpoint URL that it answers at.
    /// @param manifestUri Where its manifest can be had. It is nowhere but in this event.
    event ProviderListed(
        uint256 indexed id, address indexed payee, bytes32 manifestDigest, string endpoint, string manifestUri
    );

    /// @notice Another key signs a provider's prices and receipts from now on.
    /// @param id The provider.
    /// @param signer The key; zero when nobody does.
    event ReceiptSignerChanged(uint256 indexed id, address indexed signer);

    /// @notice A provider left for good. Its whole bond is unbonding.
    /// @param id The provider.
    event ProviderDeregistered(uint256 indexed id);

    /// @notice A provider was offered to another owner.
    /// @param id The provider.
    /// @param owner Who owns it.
    /// @param pendingOwner Who may accept it; zero when the offer was taken back.
    event ProviderOffered(uint256 indexed id, address indexed owner, address indexed pendingOwner);

    /// @notice A provider has another owner.
    /// @param id The provider.
    /// @param owner Who owned it.
    /// @param newOwner Who owns it now.
    event ProviderTransferred(uint256 indexed id, address indexed owner, address indexed newOwner);

    /// @notice A bond grew.
    /// @param id The provider.
    /// @param from Who paid.
    /// @param amount By how much, in base units.
    event BondAdded(uint256 indexed id, address indexed from, uint256 amount);

    /// @notice A part of a bond began to leave.
    /// @param id The provider.
    /// @param amount How much, in base units.
    /// @param releaseAt Unix time from which everything that is unbonding may be withdrawn.
    event UnbondingStarted(uint256 indexed id, uint256 amount, uint256 releaseAt);

    /// @notice What had been unbonding was withdrawn.
    /// @param id The provider.
    /// @param to Who received it.
    /// @param amount How much, in base units.
    event BondWithdrawn(uint256 indexed id, address indexed to, uint256 amount);

    /// @notice A provider lost bonded tokens.
    /// @param id The provider.
    /// @param recipient Who received them; zero when they were burned.
    /// @param fromBond How much of it was bonded, in base units.
    /// @param fromUnbonding How much of it was unbonding, in base units.
    /// @param reason Digest of the reasons; for a proof, the digest of the first receipt.
    event ProviderSlashed(
        uint256 indexed id,
        address indexed recipient,
        uint256 fromBond,
        uint256 fromUnbonding,
        bytes32 indexed reason
    );

    /// @notice A key signed two different receipts for one number.
    /// @param id The provider that it signed for.
    /// @param signer The key.
    /// @param channelId The receipts' channel.
    /// @param sequence Their number.
    event SignerConvicted(
        uint256 indexed id, address indexed signer, bytes32 indexed channelId, uint256 sequence
    );

    /// @notice No provider has this number.
    /// @param id The number.
    error RegistryUnknown(uint256 id);

    /// @notice The provider left.
    /// @param id The provider.
    error RegistryDeregistered(uint256 id);

    /// @notice The caller does not own the provider.
    /// @param caller Who called.
    /// @param owner Who owns it.
    error RegistryNotOwner(address caller, address owner);

    /// @notice The provider was not offered to the caller.
    /// @param caller Who called.
    /// @param pendingOwner Whom it was offered to.
    error RegistryNotPendingOwner(address caller, address pendingOwner);

    /// @notice An address is zero, or the registry itself, where it must not be.
    /// @param account The address.
    error RegistryAddressInvalid(address account);

    /// @notice The endpoint is empty or too long.
    /// @param length Its length in bytes.
    /// @param maximum The longest, in bytes.
    error RegistryEndpointInvalid(uint256 length, uint256 maximum);

    /// @notice The manifest's URI is too long.
    /// @param length Its length in bytes.
    /// @param maximum The longest, in bytes.
    error RegistryUriTooLong(uint256 length, uint256 maximum);

    /// @notice The key signed for this provider before and was replaced; it cannot return.
    /// @param id The provider.
    /// @param signer The key.
    error RegistrySignerRetired(uint256 id, address signer);

    /// @notice The amount is zero.
    error RegistryAmountZero();

    /// @notice The bond would not fit into 96 bits.
    /// @param amount What it would be, in base units.
    error RegistryAmountTooLarge(uint256 amount);

    /// @notice The provider has less bonded.
    /// @param id The provider.
    /// @param bond What is bonded, in base units.
    /// @param needed What is needed, in base units.
    error RegistryBondInsufficient(uint256 id, uint256 bond, uint256 needed);

    /// @notice Nothing is unbonding.
    /// @param id The provider.
    error RegistryNothingUnbonding(uint256 id);

    /// @notice The unbonding delay is not over.
    /// @param id The provider.
    /// @param releaseAt Unix time from which it is.
    error RegistryStillUnbonding(uint256 id, uint256 releaseAt);

    /// @notice The provider has nothing to lose.
    /// @param id The provider.
    error RegistryNothingBonded(uint256 id);

    /// @notice The token moved another amount than it was asked for.
    /// @param expected Balance that the registry should have, in base units.
    /// @param actual Balance that it has, in base units.
    error RegistryDepositMismatch(uint256 expected, uint256 actual);

    /// @notice The unbonding delay is outside of its bounds.
    /// @param delay The delay given, in seconds.
    /// @param minimum The shortest, in seconds.
    /// @param maximum The longest, in seconds.
    error RegistryDelayInvalid(uint256 delay, uint256 minimum, uint256 maximum);

    /// @notice The two receipts do not contradict each other: they are the same, or about different things.
    error RegistryReceiptsAgree();

    /// @notice The receipts are not of the channel given.
    /// @param channelId The receipts' channel.
    /// @param expected Id of the channel given.
    error RegistryChannelMismatch(bytes32 channelId, bytes32 expected);

    /// @notice A receipt was not signed by a key that answers for this provider: it never signed for it, was replaced
    /// too long ago, or was convicted before.
    /// @param id The provider.
    /// @param signer Who signed the receipt; zero when the signature is none.
    error RegistrySignerNotAccountable(uint256 id, address signer);

    /// @notice Longest endpoint.
    /// @return bytes_ Bytes.
    function MAX_ENDPOINT() external view returns (uint256 bytes_);

    /// @notice Longest manifest URI.
    /// @return bytes_ Bytes.
    function MAX_URI() external view returns (uint256 bytes_);

    /// @notice Share of bond and unbonding that a proof costs.
    /// @return bps Basis points.
    function PROOF_SHARE() external view returns (uint256 bps);

    /// @notice Part of that share which goes to the payer of the receipts' channel, at most what that channel paid.
    /// @return bps Basis points of the share.
    function PAYER_SHARE() external view returns (uint256 bps);

    /// @notice The token that is bonded.
    /// @return token An ERC-20 token that can be burned.
    function bondToken() external view returns (address token);

    /// @notice The payment channels that receipts are about.
    /// @return channels The contract.
    function paymentChannels() external view returns (address channels);

    /// @notice How long unbonding takes, and how long a replaced key answers for its receipts.
    /// @return delay Seconds.
    function unbondingDelay() external view returns (uint256 delay);

    /// @notice Registers a provider, owned by the caller.
    /// @dev Reverts with `RegistryAddressInvalid`, `RegistryEndpointInvalid`, `RegistryUriTooLong`, and with what
    /// `bond` reverts with when there is an amount.
    /// @param listing What it publishes.
    /// @param manifestUri Where its manifest can be had, up to 1024 bytes; empty for nowhere.
    /// @param amount Base units to bond at once, from the caller's allowance. Zero bonds nothing.
    /// @return id Its number.
    function register(Listing calldata listing, string calldata manifestUri, uint256 amount)
        external
        returns (uint256 id);

    /// @notice Publishes anew what a provider is. Only for its owner.
    /// @dev Another receipt signer replaces the one before, which answers for its receipts for one unbonding delay.
    /// Reverts as `register` does, and with `RegistrySignerRetired` for a key that was replaced before.
    /// @param id The provider.
    /// @param listing What it publishes, all of it.
    /// @param manifestUri Where its manifest can be had; empty for nowhere.
    function update(uint256 id, Listing calldata listing, string calldata manifestUri) external;

    /// @notice Takes a provider off the list for good and starts unbonding all that it has bonded. Only for its owner.
    /// @param id The provider.
    function deregister(uint256 id) external;

    /// @notice Offers a provider, its bond included, to another owner, who has to accept. Only for its owner.
    /// @param id The provider.
    /// @param newOwner Who may accept; zero takes an offer back.
    function transferOwnership(uint256 id, address newOwner) external;

    /// @notice Takes over a provider that was offered to the caller.
    /// @param id The provider.
    function acceptOwnership(uint256 id) external;

    /// @notice Adds to a provider's bond, from the caller's allowance. Anybody may; it is the owner's afterwards.
    /// @dev Tokens that take a fee on transfer are refused with `RegistryDepositMismatch`.
    /// @param id The provider; it must be listed.
    /// @param amount Base units.
    /// @return total What it has bonded now, in base units.
    function bond(uint256 id, uint256 amount) external returns (uint256 total);

    /// @notice Starts to take out a part of a bond. Only for the provider's owner.
    /// @dev Everything that is unbonding is released together: starting again starts its delay again.
    /// @param id The provider.
    /// @param amount Base units.
    /// @return releaseAt Unix time from which everything that is unbonding may be withdrawn.
    function startUnbonding(uint256 id, uint256 amount) external returns (uint256 releaseAt);

    /// @notice Pays out what has been unbonding for the whole delay. Only for the provider's owner, and never paused.
    /// @param id The provider.
    /// @param to Who receives it.
    /// @return amount Base units.
    function withdrawBond(uint256 id, address to) external returns (uint256 amount);

    /// @notice Takes bonded tokens from a provider. Only for accounts the authority allows.
    /// @dev Takes what is there when that is less than `amount`, so that nobody escapes by withdrawing a little first.
    /// @param id The provider.
    /// @param amount Base units to take at most.
    /// @param recipient Who receives them; zero burns them.
    /// @param reason Digest of the reasons.
    /// @return slashed Base units taken.
    function slash(uint256 id, uint256 amount, address recipient, bytes32 reason)
        external
        returns (uint256 slashed);

    /// @notice Proves that a provider signed two different receipts for one number of a channel: it loses a share of
    /// its bond, and the keys that signed are convicted, or only the retired one when the other is still the signer.
    /// Anybody may submit the proof.
    /// @param id The provider.
    /// @param channel Descriptor of the receipts' channel, which tells whom to compensate.
    /// @param first One receipt.
    /// @param second The other one.
    /// @return slashed Base units that the provider lost.
    /// @return compensation The part of them that the channel's payer received, in base units.
    function slashWithProof(
        uint256 id,
        Channel calldata channel,
        SignedReceipt calldata first,
        SignedReceipt calldata second
    ) external returns (uint256 slashed, uint256 compensation);

    /// @notice Reads a provider.
    /// @param id The provider.
    /// @return provider What the contract knows about it; all zero but the number when there is none.
    function getProvider(uint256 id) external view returns (ProviderState memory provider);

    /// @notice Reads providers in the order of their numbers.
    /// @param from Number of the first.
    /// @param count How many at most.
    /// @return providers Those that exist.
    function getProviders(uint256 from, uint256 count)
        external
        view
        returns (ProviderState[] memory providers);

    /// @notice Says how many providers ever registered: their numbers are 1 to this.
    /// @return count How many.
    function providerCount() external view returns (uint256 count);

    /// @notice Says when a key signed receipts for a provider.
    /// @param id The provider.
    /// @param signer The key.
    /// @return term Its term.
    function signerTermOf(uint256 id, address signer) external view returns (SignerTerm memory term);

    /// @notice Says whether a key signed receipts for a provider at a time.
    /// @param id The provider.
    /// @param signer The key.
    /// @param at Unix time.
    /// @return isSigner Whether it did.
    function isReceiptSigner(uint256 id, address signer, uint256 at) external view returns (bool isSigner);

    /// @notice Says whether a proof against a key counts now.
    /// @param id The provider.
    /// @param signer The key.
    /// @return accountable Whether it does.
    function isAccountable(uint256 id, address signer) external view returns (bool accountable);

    /// @notice Says whether an account is, or was, whom a provider's channels pay.
    /// @param id The provider.
    /// @param payee The account.
    /// @return was Whether it is or was.
    function wasPayee(uint256 id, address payee) external view returns (bool was);
}
