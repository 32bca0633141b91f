// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";

/// OpenZeppelin's ERC-20 with permits and authorizations.
contract PlainToken is ERC20, ERC20Permit, ERC3009 {
    constructor(string memory name_) ERC20(name_, name_) ERC20Permit(name_) {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// Keeps one percent of every transfer.
contract FeeOnTransferToken is PlainToken("Fee") {
    function _update(address from, address to, uint256 value) internal override {
        uint256 fee = from == address(0) ? 0 : value / 100;
        super._update(from, to, value - fee);
        if (fee != 0) super._update(from, address(1), fee);
    }
}

/// Refuses accounts on a list, as regulated stablecoins do.
contract BlocklistToken is PlainToken("Block") {
    error Blocked(address account);

    mapping(address account => bool isBlocked) public blocked;

    function setBlocked(address account, bool isBlocked) external {
        blocked[account] = isBlocked;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (blocked[from]) revert Blocked(from);
        if (blocked[to]) revert Blocked(to);
        super._update(from, to, value);
    }
}

/// Calls sender and recipient around every transfer, as ERC-777 does.
contract HookToken is PlainToken("Hook") {
    mapping(address account => bool isHooked) public hooked;

    function setHooked(address account, bool isHooked) external {
        hooked[account] = isHooked;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (hooked[from]) ITransferHook(from).onTransfer();
        super._update(from, to, value);
        if (hooked[to]) ITransferHook(to).onTransfer();
    }
}

interface ITransferHook {
    function onTransfer() external;
}

/// Returns nothing from transfers, as early tokens do.
contract NoReturnToken {
    mapping(address account => uint256 balance) public balanceOf;
    mapping(address owner => mapping(address spender => uint256 amount)) public allowance;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function approve(address spender, uint256 amount) external {
        allowance[msg.sender][spender] = amount;
    }

    function transfer(address to, uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
    }

    function transferFrom(address from, address to, uint256 amount) external {
        allowance[from][msg.sender] -= amount;
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// Answers false instead of reverting, and moves nothing.
contract RefusingToken is PlainToken("Refuse") {
    bool public refusing;

    function setRefusing(bool isRefusing) external {
        refusing = isRefusing;
    }

    function transfer(address to, uint256 value) public override returns (bool) {
        return refusing ? false : super.transfer(to, value);
    }

    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        return refusing ? false : super.transferFrom(from, to, value);
    }
}

/// Takes an authorization's word for it, even from the zero address.
contract CarelessToken is PlainToken("Careless") {
    function receiveWithAuthorization(
        address,
        address to,
        uint256 value,
        uint256,
        uint256,
        bytes32,
        uint8,
        bytes32,
        bytes32
    ) public override {
        _mint(to, value);
    }
}
