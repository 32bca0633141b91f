// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Batch, Channel, StreamCommit} from "../../src/inference/ChannelTypes.sol";
import {IPaymentChannels} from "../../src/inference/IPaymentChannels.sol";
import {ITransferHook} from "./TestTokens.sol";

/// Calls back into the channels from inside a transfer, and passes on how that fails.
contract Reenterer is ITransferHook {
    address private _target;
    bytes private _call;

    function arm(address target, bytes calldata call) external {
        (_target, _call) = (target, call);
    }

    function onTransfer() external {
        (bool success, bytes memory reason) = _target.call(_call);
        if (success) return;
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }

    /// Every call that moves money, as the payee of a channel could make it.
    function attempts(IPaymentChannels channels, Channel calldata channel, bytes calldata signature)
        external
        pure
        returns (bytes[] memory calls)
    {
        calls = new bytes[](10);
        calls[0] = abi.encodeCall(channels.settle, (channel, 30 ether, 30 ether, signature));
        calls[1] = abi.encodeCall(channels.close, (channel, 30 ether, 30 ether, signature));
        calls[2] = abi.encodeCall(channels.settleMany, (new Batch[](0)));
        calls[3] = abi.encodeCall(channels.settleStream, (channel, StreamCommit(0, 0, 0, 0), signature, 1, 0));
        calls[4] = abi.encodeCall(channels.closeWithStatement, (channel, 0, 0, "", 0, ""));
        calls[5] = abi.encodeCall(channels.withdraw, (channel));
        calls[6] = abi.encodeCall(channels.open, (channel.payee, channel.token, 1, 0, address(0)));
        calls[7] = abi.encodeCall(channels.topUp, (channel, 1));
        calls[8] = abi.encodeCall(channels.deposit, (channel.token, 1));
        calls[9] = abi.encodeCall(channels.withdrawFromVault, (channel.token, 1, channel.payee));
    }
}
