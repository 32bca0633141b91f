// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// OpenZeppelin's manager as it is: imported so that it is built, and deployed, with the contracts it governs.
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
