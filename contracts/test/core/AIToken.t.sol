// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC1363} from "@openzeppelin/contracts/interfaces/IERC1363.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {IERC3009, IERC3009Cancel} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC7802} from "@openzeppelin/contracts/interfaces/draft-IERC7802.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20Capped} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Capped.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {AIToken} from "../../src/core/AIToken.sol";
import {IAIToken} from "../../src/core/IAIToken.sol";
import {AITokenFixture} from "./AITokenFixture.sol";

contract AITokenTest is AITokenFixture {
    string private constant _BYTES_31 = "abcdefghijklmnopqrstuvwxyz01234";
    string private constant _BYTES_32 = "abcdefghijklmnopqrstuvwxyz012345";

    function test_constructor() public view {
        assertEq(_token.name(), "AI Token");
        assertEq(_token.symbol(), "AIT");
        assertEq(_token.decimals(), 18);
        assertEq(_token.cap(), _CAP);
        assertEq(_token.authority(), address(_manager));
        assertEq(_token.totalSupply(), _SUPPLY);
        assertEq(_token.balanceOf(_alice.addr), _SUPPLY);
        assertEq(_token.DOMAIN_SEPARATOR(), _domain(address(_token), block.chainid));
    }

    function test_constructor_describesItsDomain() public view {
        (bytes1 fields, string memory name, string memory version, uint256 chainId, address verifier,,) =
            _token.eip712Domain();
        assertEq(fields, hex"0f");
        assertEq(name, "AI Token");
        assertEq(version, "1");
        assertEq(chainId, block.chainid);
        assertEq(verifier, address(_token));
    }

    function test_constructor_emitsEveryChange() public {
        vm.expectEmit();
        emit IAccessManaged.AuthorityUpdated(address(_manager));
        vm.expectEmit();
        emit IERC20.Transfer(address(0), _alice.addr, 7);
        new AIToken("N", "S", 7, address(_manager), _alice.addr, 7);
    }

    function test_constructor_acceptsLongestName() public {
        AIToken token = new AIToken(_BYTES_31, _BYTES_31, 1, address(_manager), address(0), 0);
        assertEq(token.name(), _BYTES_31);
        assertEq(token.symbol(), _BYTES_31);
    }

    function test_constructor_revertsWhenNameExceeds31Bytes() public {
        vm.expectRevert(abi.encodeWithSelector(IAIToken.AITokenInvalidName.selector, _BYTES_32));
        new AIToken(_BYTES_32, "S", 1, address(_manager), address(0), 0);
    }

    function test_constructor_revertsWhenNameIsEmpty() public {
        vm.expectRevert(abi.encodeWithSelector(IAIToken.AITokenInvalidName.selector, ""));
        new AIToken("", "S", 1, address(_manager), address(0), 0);
    }

    function test_constructor_revertsWhenSymbolExceeds31Bytes() public {
        vm.expectRevert(abi.encodeWithSelector(IAIToken.AITokenInvalidSymbol.selector, _BYTES_32));
        new AIToken("N", _BYTES_32, 1, address(_manager), address(0), 0);
    }

    function test_constructor_revertsWhenSymbolIsEmpty() public {
        vm.expectRevert(abi.encodeWithSelector(IAIToken.AITokenInvalidSymbol.selector, ""));
        new AIToken("N", "", 1, address(_manager), address(0), 0);
    }

    function test_constructor_acceptsLargestCap() public {
        uint256 most = type(uint208).max;
        AIToken token = new AIToken("N", "S", most, address(_manager), _alice.addr, most);
        vm.prank(_alice.addr);
        token.delegate(_bob.addr);
        assertEq(token.getVotes(_bob.addr), most);
    }

    function test_constructor_revertsWhenCapIsZero() public {
        vm.expectRevert(abi.encodeWithSelector(IAIToken.AITokenInvalidCap.selector, 0));
        new AIToken("N", "S", 0, address(_manager), address(0), 0);
    }

    function test_constructor_revertsWhenCapExceedsWhatVotesCanCount() public {
        uint256 cap = uint256(type(uint208).max) + 1;
        vm.expectRevert(abi.encodeWithSelector(IAIToken.AITokenInvalidCap.selector, cap));
        new AIToken("N", "S", cap, address(_manager), address(0), 0);
    }

    function test_constructor_revertsWhenSupplyExceedsCap() public {
        vm.expectRevert(abi.encodeWithSelector(ERC20Capped.ERC20ExceededCap.selector, 8, 7));
        new AIToken("N", "S", 7, address(_manager), _alice.addr, 8);
    }

    function test_constructor_revertsWhenSupplyHasNoHolder() public {
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(0)));
        new AIToken("N", "S", 7, address(_manager), address(0), 1);
    }

    function test_constructor_revertsWhenAuthorityHasNoCode() public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedInvalidAuthority.selector, _admin));
        new AIToken("N", "S", 7, _admin, address(0), 0);
    }

    function test_constructor_withoutAuthorityNobodyCanMint() public {
        AIToken token = new AIToken("N", "S", 7, address(0), _alice.addr, 1);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, _admin));
        vm.prank(_admin);
        token.mint(_admin, 1);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(0)));
        vm.prank(address(0));
        token.mint(_admin, 1);
    }

    function test_mint() public {
        vm.expectEmit(address(_token));
        emit IERC20.Transfer(address(0), _bob.addr, 5);
        vm.prank(_minter);
        _token.mint(_bob.addr, 5);
        assertEq(_token.balanceOf(_bob.addr), 5);
        assertEq(_token.totalSupply(), _SUPPLY + 5);
    }

    function test_mint_upToCap() public {
        vm.prank(_minter);
        _token.mint(_bob.addr, _CAP - _SUPPLY);
        assertEq(_token.totalSupply(), _CAP);
    }

    function test_mint_revertsWhenAboveCap() public {
        vm.expectRevert(abi.encodeWithSelector(ERC20Capped.ERC20ExceededCap.selector, _CAP + 1, _CAP));
        vm.prank(_minter);
        _token.mint(_bob.addr, _CAP - _SUPPLY + 1);
    }

    function test_mint_revertsWhenReceiverIsZero() public {
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(0)));
        vm.prank(_minter);
        _token.mint(address(0), 1);
    }

    function testFuzz_mint_revertsWhenCallerIsNotMinter(address caller) public {
        vm.assume(caller != _minter);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller));
        vm.prank(caller);
        _token.mint(caller, 1);
    }

    function testFuzz_transfer(address to, uint256 amount) public {
        vm.assume(to != address(0) && to != _alice.addr);
        amount = bound(amount, 0, _SUPPLY);
        vm.prank(_alice.addr);
        assertTrue(_token.transfer(to, amount));
        assertEq(_token.balanceOf(to), amount);
        assertEq(_token.balanceOf(_alice.addr), _SUPPLY - amount);
    }

    function testFuzz_transfer_toSelfChangesNothing(uint256 amount) public {
        amount = bound(amount, 0, _SUPPLY);
        vm.startPrank(_alice.addr);
        _token.delegate(_alice.addr);
        assertTrue(_token.transfer(_alice.addr, amount));
        assertEq(_token.balanceOf(_alice.addr), _SUPPLY);
        assertEq(_token.getVotes(_alice.addr), _SUPPLY);
    }

    function test_transfer_revertsWhenBalanceIsShort() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientBalance.selector, _alice.addr, _SUPPLY, _SUPPLY + 1
            )
        );
        vm.prank(_alice.addr);
        // The revert is the point; there is no result to read.
        // forge-lint: disable-next-line(erc20-unchecked-transfer)
        _token.transfer(_bob.addr, _SUPPLY + 1);
    }

    function test_burn_makesRoomUnderCap() public {
        vm.prank(_minter);
        _token.mint(_bob.addr, _CAP - _SUPPLY);
        vm.prank(_alice.addr);
        _token.burn(3);
        vm.prank(_minter);
        _token.mint(_bob.addr, 3);
        assertEq(_token.totalSupply(), _CAP);
    }

    function test_burnFrom_revertsWhenNotApproved() public {
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, _mallory, 0, 1)
        );
        vm.prank(_mallory);
        _token.burnFrom(_alice.addr, 1);
    }

    function test_supportsInterface() public view {
        assertTrue(_token.supportsInterface(type(IERC165).interfaceId));
        assertTrue(_token.supportsInterface(type(IERC20).interfaceId));
        assertTrue(_token.supportsInterface(type(IERC20Metadata).interfaceId));
        assertTrue(_token.supportsInterface(type(IERC20Permit).interfaceId));
        assertTrue(_token.supportsInterface(type(IERC1363).interfaceId));
        assertTrue(_token.supportsInterface(type(IERC3009).interfaceId));
        assertTrue(_token.supportsInterface(type(IERC3009Cancel).interfaceId));
        assertTrue(_token.supportsInterface(type(IERC6372).interfaceId));
        assertTrue(_token.supportsInterface(type(IERC7802).interfaceId));
        assertTrue(_token.supportsInterface(type(IVotes).interfaceId));
        assertFalse(_token.supportsInterface(0xffffffff));
    }

    function test_supportsInterface_knowsPublishedIdentifiers() public view {
        assertTrue(_token.supportsInterface(0xb0202a11), "ERC-1363");
        assertTrue(_token.supportsInterface(0x33331994), "ERC-7802");
    }
}
