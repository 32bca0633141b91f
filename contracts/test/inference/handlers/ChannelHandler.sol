// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AttackHandler} from "./AttackHandler.sol";
import {ExitHandler} from "./ExitHandler.sol";
import {FundingHandler} from "./FundingHandler.sol";
import {PaymentHandler} from "./PaymentHandler.sol";

/// Everything that anybody does in a campaign.
contract ChannelHandler is FundingHandler, PaymentHandler, ExitHandler, AttackHandler {
    function actions() external pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](23);
        selectors[0] = this.open.selector;
        selectors[1] = this.deposit.selector;
        selectors[2] = this.withdrawFromVault.selector;
        selectors[3] = this.openFromVault.selector;
        selectors[4] = this.topUp.selector;
        selectors[5] = this.topUpFromVault.selector;
        selectors[6] = this.setSession.selector;
        selectors[7] = this.revokeSession.selector;
        selectors[8] = this.drawAsSession.selector;
        selectors[9] = this.topUpAsSession.selector;
        selectors[10] = this.settle.selector;
        selectors[11] = this.settleMany.selector;
        selectors[12] = this.settleStream.selector;
        selectors[13] = this.setFee.selector;
        selectors[14] = this.warp.selector;
        selectors[15] = this.requestClose.selector;
        selectors[16] = this.withdraw.selector;
        selectors[17] = this.close.selector;
        selectors[18] = this.closeWithStatement.selector;
        selectors[19] = this.attackAsMallory.selector;
        selectors[20] = this.attackAsPayee.selector;
        selectors[21] = this.attackAsPayer.selector;
        selectors[22] = this.attackClosedChannels.selector;
    }
}
