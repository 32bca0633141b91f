// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IAIToken} from "./IAIToken.sol";

/// @title What a token may be created with
/// @dev Checked while the arguments are passed to the bases: their constructors run before the token's own body, and
/// fail with errors that do not name the argument.
library AITokenArguments {
    function checkedName(string memory name) internal pure returns (string memory) {
        if (!_isShort(name)) revert IAIToken.AITokenInvalidName(name);
        return name;
    }

    function checkedSymbol(string memory symbol) internal pure returns (string memory) {
        if (!_isShort(symbol)) revert IAIToken.AITokenInvalidSymbol(symbol);
        return symbol;
    }

    function checkedCap(uint256 cap) internal pure returns (uint256) {
        if (cap == 0 || cap > type(uint208).max) revert IAIToken.AITokenInvalidCap(cap);
        return cap;
    }

    function checkedAuthority(address authority) internal view returns (address) {
        if (authority != address(0) && authority.code.length == 0) {
            revert IAccessManaged.AccessManagedInvalidAuthority(authority);
        }
        return authority;
    }

    function _isShort(string memory text) private pure returns (bool) {
        return bytes(text).length > 0 && bytes(text).length < 32;
    }
}
