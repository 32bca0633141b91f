// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";
import {IERC1363Spender} from "@openzeppelin/contracts/interfaces/IERC1363Spender.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// Accepts what it is sent and remembers it.
contract AcceptingReceiver is IERC1363Receiver, IERC1363Spender {
    address public operator;
    address public from;
    uint256 public value;
    bytes public data;

    function onTransferReceived(address operator_, address from_, uint256 value_, bytes calldata data_)
        external
        returns (bytes4)
    {
        (operator, from, value, data) = (operator_, from_, value_, data_);
        return IERC1363Receiver.onTransferReceived.selector;
    }

    /// Pulls what it was just approved for.
    function onApprovalReceived(address owner, uint256 value_, bytes calldata data_)
        external
        returns (bytes4)
    {
        (from, value, data) = (owner, value_, data_);
        IERC20(msg.sender).transferFrom(owner, address(this), value_);
        return IERC1363Spender.onApprovalReceived.selector;
    }
}

/// Answers with something else than the standard asks for.
contract RefusingReceiver is IERC1363Receiver, IERC1363Spender {
    function onTransferReceived(address, address, uint256, bytes calldata) external pure returns (bytes4) {
        return 0xdeadbeef;
    }

    function onApprovalReceived(address, uint256, bytes calldata) external pure returns (bytes4) {
        return 0xdeadbeef;
    }
}

/// Refuses, and says why.
contract RevertingReceiver is IERC1363Receiver, IERC1363Spender {
    error NotToday(uint256 value);

    function onTransferReceived(address, address, uint256 value, bytes calldata)
        external
        pure
        returns (bytes4)
    {
        revert NotToday(value);
    }

    function onApprovalReceived(address, uint256 value, bytes calldata) external pure returns (bytes4) {
        revert NotToday(value);
    }
}

/// Spends what it receives while it receives it, then tries to take the same again from the sender.
contract ReenteringReceiver is IERC1363Receiver {
    address private immutable _accomplice;
    bool public tookMore;

    constructor(address accomplice) {
        _accomplice = accomplice;
    }

    function onTransferReceived(address, address from, uint256 value, bytes calldata)
        external
        returns (bytes4)
    {
        IERC20 token = IERC20(msg.sender);
        token.transfer(_accomplice, value);
        (tookMore,) = msg.sender.call(abi.encodeCall(IERC20.transferFrom, (from, _accomplice, value)));
        return IERC1363Receiver.onTransferReceived.selector;
    }
}
