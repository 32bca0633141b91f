/** ABI of `PaymentChannels`. Generated from contracts/src/inference/PaymentChannels.sol; do not edit. */
export const paymentChannelsAbi = [
  {"type":"constructor","inputs":[{"name":"authority","type":"address"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"authority","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  /** Pays the payee what was spent, refunds the rest and ends the channel. Only the payee or its operator may call. */
  {"type":"function","name":"close","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"name":"cumulativeAmount","type":"uint128"},{"name":"capture","type":"uint128"},{"name":"signature","type":"bytes"}],"outputs":[{"name":"paid","type":"uint256"},{"name":"refunded","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Ends the channel at once with the payee's final statement; anybody may call. */
  {"type":"function","name":"closeWithStatement","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"name":"spent","type":"uint128"},{"name":"deadline","type":"uint256"},{"name":"payeeSignature","type":"bytes"},{"name":"cumulativeAmount","type":"uint128"},{"name":"voucherSignature","type":"bytes"}],"outputs":[{"name":"paid","type":"uint256"},{"name":"refunded","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Computes a channel's id, as the MPP draft `evm/session` does. */
  {"type":"function","name":"computeChannelId","inputs":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"outputs":[{"name":"channelId","type":"bytes32"}],"stateMutability":"view"},
  /** Puts tokens from the caller's allowance into the caller's vault. */
  {"type":"function","name":"deposit","inputs":[{"name":"token","type":"address"},{"name":"amount","type":"uint128"}],"outputs":[{"name":"balance","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Puts tokens into the owner's vault with an ERC-3009 `receiveWithAuthorization`; anybody may send it. */
  {"type":"function","name":"depositWithAuthorization","inputs":[{"name":"owner","type":"address"},{"name":"token","type":"address"},{"name":"amount","type":"uint128"},{"name":"salt","type":"bytes32"},{"components":[{"name":"validAfter","type":"uint256"},{"name":"validBefore","type":"uint256"},{"name":"v","type":"uint8"},{"name":"r","type":"bytes32"},{"name":"s","type":"bytes32"}],"name":"authorization","type":"tuple"}],"outputs":[{"name":"balance","type":"uint256"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"eip712Domain","inputs":[],"outputs":[{"name":"fields","type":"bytes1"},{"name":"name","type":"string"},{"name":"version","type":"string"},{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"},{"name":"salt","type":"bytes32"},{"name":"extensions","type":"uint256[]"}],"stateMutability":"view"},
  /** Reads the protocol fee of channels opened now. */
  {"type":"function","name":"fee","inputs":[],"outputs":[{"name":"bps","type":"uint16"},{"name":"recipient","type":"address"}],"stateMutability":"view"},
  /** Reads a channel's state. */
  {"type":"function","name":"getChannel","inputs":[{"name":"channelId","type":"bytes32"}],"outputs":[{"components":[{"name":"settled","type":"uint96"},{"name":"deposit","type":"uint96"},{"name":"closeAt","type":"uint40"},{"name":"closed","type":"bool"},{"name":"refundsToVault","type":"bool"},{"name":"feeBps","type":"uint16"}],"name":"","type":"tuple"}],"stateMutability":"view"},
  /** Reads the state of many channels. */
  {"type":"function","name":"getChannels","inputs":[{"name":"channelIds","type":"bytes32[]"}],"outputs":[{"components":[{"name":"settled","type":"uint96"},{"name":"deposit","type":"uint96"},{"name":"closeAt","type":"uint40"},{"name":"closed","type":"bool"},{"name":"refundsToVault","type":"bool"},{"name":"feeBps","type":"uint16"}],"name":"states","type":"tuple[]"}],"stateMutability":"view"},
  /** Reads a session. */
  {"type":"function","name":"getSession","inputs":[{"name":"owner","type":"address"},{"name":"key","type":"address"},{"name":"token","type":"address"}],"outputs":[{"components":[{"name":"cap","type":"uint96"},{"name":"used","type":"uint96"},{"name":"expiry","type":"uint40"},{"name":"payees","type":"bytes32"}],"name":"","type":"tuple"}],"stateMutability":"view"},
  /** How long the payee has to settle after the payer announced the exit. */
  {"type":"function","name":"GRACE_PERIOD","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"isConsumingScheduledOp","inputs":[],"outputs":[{"name":"","type":"bytes4"}],"stateMutability":"view"},
  /** Reads whether an operator acts for a payee. */
  {"type":"function","name":"isOperator","inputs":[{"name":"payee","type":"address"},{"name":"operator","type":"address"}],"outputs":[{"name":"","type":"bool"}],"stateMutability":"view"},
  /** Highest protocol fee. */
  {"type":"function","name":"MAX_FEE","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  /** Longest hash chain that a stream may commit to, so that settling always fits into a block. */
  {"type":"function","name":"MAX_STREAM_STEPS","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  /** Opens a channel that the caller pays for, from its allowance. */
  {"type":"function","name":"open","inputs":[{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"deposit","type":"uint128"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"outputs":[{"name":"channelId","type":"bytes32"}],"stateMutability":"nonpayable"},
  /** Opens a channel from the caller's vault; what is left when it closes returns to the vault. */
  {"type":"function","name":"openFromVault","inputs":[{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"amount","type":"uint128"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"outputs":[{"name":"channelId","type":"bytes32"}],"stateMutability":"nonpayable"},
  /** Opens a channel from the payer's vault; the caller is a session key of the payer. */
  {"type":"function","name":"openFromVaultWithSession","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"name":"amount","type":"uint128"},{"name":"proof","type":"bytes32[]"}],"outputs":[{"name":"channelId","type":"bytes32"}],"stateMutability":"nonpayable"},
  /** Opens a channel from the payer's vault; anybody may send it. */
  {"type":"function","name":"openFromVaultWithSignature","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"name":"amount","type":"uint128"},{"name":"signer","type":"address"},{"name":"deadline","type":"uint256"},{"name":"signature","type":"bytes"},{"name":"proof","type":"bytes32[]"}],"outputs":[{"name":"channelId","type":"bytes32"}],"stateMutability":"nonpayable"},
  /** Opens a channel with the payer's ERC-3009 `receiveWithAuthorization`. */
  {"type":"function","name":"openWithAuthorization","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"name":"amount","type":"uint128"},{"components":[{"name":"validAfter","type":"uint256"},{"name":"validBefore","type":"uint256"},{"name":"v","type":"uint8"},{"name":"r","type":"bytes32"},{"name":"s","type":"bytes32"}],"name":"authorization","type":"tuple"}],"outputs":[{"name":"channelId","type":"bytes32"}],"stateMutability":"nonpayable"},
  /** Opens a channel with the payer's ERC-2612 permit. */
  {"type":"function","name":"openWithPermit","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"name":"amount","type":"uint128"},{"components":[{"name":"value","type":"uint256"},{"name":"deadline","type":"uint256"},{"name":"v","type":"uint8"},{"name":"r","type":"bytes32"},{"name":"s","type":"bytes32"}],"name":"permit","type":"tuple"},{"components":[{"name":"deadline","type":"uint256"},{"name":"signature","type":"bytes"}],"name":"consent","type":"tuple"}],"outputs":[{"name":"channelId","type":"bytes32"}],"stateMutability":"nonpayable"},
  /** Opens a channel with the payer's Permit2 signature transfer. */
  {"type":"function","name":"openWithPermit2","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"name":"amount","type":"uint128"},{"components":[{"name":"nonce","type":"uint256"},{"name":"deadline","type":"uint256"},{"name":"signature","type":"bytes"}],"name":"transfer","type":"tuple"}],"outputs":[{"name":"channelId","type":"bytes32"}],"stateMutability":"nonpayable"},
  /** Announces the payer's exit and starts the grace period. Only the payer may call. */
  {"type":"function","name":"requestClose","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"}],"outputs":[{"name":"closeAt","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Ends a session at once. Channels that the key opened stay open. */
  {"type":"function","name":"revokeSession","inputs":[{"name":"key","type":"address"},{"name":"token","type":"address"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"setAuthority","inputs":[{"name":"newAuthority","type":"address"}],"outputs":[],"stateMutability":"nonpayable"},
  /** Sets the protocol fee of channels opened from now on. Open channels keep the fee they opened with. */
  {"type":"function","name":"setFee","inputs":[{"name":"bps","type":"uint16"},{"name":"recipient","type":"address"}],"outputs":[],"stateMutability":"nonpayable"},
  /** Lets an operator settle and close the caller's channels, or stops it. */
  {"type":"function","name":"setOperator","inputs":[{"name":"operator","type":"address"},{"name":"approved","type":"bool"}],"outputs":[],"stateMutability":"nonpayable"},
  /** Lets a key open and top up channels from the caller's vault, within a budget. */
  {"type":"function","name":"setSession","inputs":[{"name":"key","type":"address"},{"name":"token","type":"address"},{"name":"cap","type":"uint96"},{"name":"expiry","type":"uint40"},{"name":"payees","type":"bytes32"}],"outputs":[],"stateMutability":"nonpayable"},
  /** Pays the payee what was spent since the last settlement. Only the payee or its operator may call. */
  {"type":"function","name":"settle","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"name":"cumulativeAmount","type":"uint128"},{"name":"capture","type":"uint128"},{"name":"signature","type":"bytes"}],"outputs":[{"name":"paid","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Settles many channels and pays each payee and token once. */
  {"type":"function","name":"settleMany","inputs":[{"components":[{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"rows","type":"bytes"}],"name":"batches","type":"tuple[]"}],"outputs":[{"name":"settledRows","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Pays the payee for the links of a hash chain. Only the payee or its operator may call. */
  {"type":"function","name":"settleStream","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"components":[{"name":"base","type":"uint128"},{"name":"root","type":"bytes32"},{"name":"unit","type":"uint128"},{"name":"maxSteps","type":"uint32"}],"name":"commit","type":"tuple"},{"name":"signature","type":"bytes"},{"name":"steps","type":"uint32"},{"name":"preimage","type":"bytes32"}],"outputs":[{"name":"paid","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Adds to a channel from the caller's allowance, and cancels a pending exit. Only the payer may call. */
  {"type":"function","name":"topUp","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"name":"amount","type":"uint128"}],"outputs":[{"name":"deposit","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Adds to a channel from the caller's vault, and cancels a pending exit. Only the payer may call. */
  {"type":"function","name":"topUpFromVault","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"name":"amount","type":"uint128"}],"outputs":[{"name":"channelDeposit","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Adds to a channel from the payer's vault; the caller is a session key of the payer. */
  {"type":"function","name":"topUpFromVaultWithSession","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"name":"amount","type":"uint128"},{"name":"proof","type":"bytes32[]"}],"outputs":[{"name":"channelDeposit","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Adds to a channel with the payer's ERC-3009 authorization, and cancels a pending exit. */
  {"type":"function","name":"topUpWithAuthorization","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"name":"amount","type":"uint128"},{"components":[{"name":"validAfter","type":"uint256"},{"name":"validBefore","type":"uint256"},{"name":"v","type":"uint8"},{"name":"r","type":"bytes32"},{"name":"s","type":"bytes32"}],"name":"authorization","type":"tuple"}],"outputs":[{"name":"deposit","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Adds to a channel with the payer's ERC-2612 permit, and cancels a pending exit. */
  {"type":"function","name":"topUpWithPermit","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"name":"amount","type":"uint128"},{"components":[{"name":"value","type":"uint256"},{"name":"deadline","type":"uint256"},{"name":"v","type":"uint8"},{"name":"r","type":"bytes32"},{"name":"s","type":"bytes32"}],"name":"permit","type":"tuple"},{"components":[{"name":"deadline","type":"uint256"},{"name":"signature","type":"bytes"}],"name":"consent","type":"tuple"}],"outputs":[{"name":"deposit","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Adds to a channel with the payer's Permit2 signature transfer, and cancels a pending exit. */
  {"type":"function","name":"topUpWithPermit2","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"},{"name":"amount","type":"uint128"},{"components":[{"name":"nonce","type":"uint256"},{"name":"deadline","type":"uint256"},{"name":"signature","type":"bytes"}],"name":"transfer","type":"tuple"}],"outputs":[{"name":"deposit","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Reads a vault balance. */
  {"type":"function","name":"vaultBalanceOf","inputs":[{"name":"owner","type":"address"},{"name":"token","type":"address"}],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  /** Refunds what was not settled and ends the channel. Only the payer may call, after the grace period. */
  {"type":"function","name":"withdraw","inputs":[{"components":[{"name":"payer","type":"address"},{"name":"payee","type":"address"},{"name":"token","type":"address"},{"name":"salt","type":"bytes32"},{"name":"authorizedSigner","type":"address"}],"name":"channel","type":"tuple"}],"outputs":[{"name":"refunded","type":"uint256"}],"stateMutability":"nonpayable"},
  /** Takes tokens out of the caller's vault. */
  {"type":"function","name":"withdrawFromVault","inputs":[{"name":"token","type":"address"},{"name":"amount","type":"uint128"},{"name":"to","type":"address"}],"outputs":[{"name":"balance","type":"uint256"}],"stateMutability":"nonpayable"},
  {"type":"event","name":"AuthorityUpdated","inputs":[{"indexed":false,"name":"authority","type":"address"}]},
  /** A channel ended. */
  {"type":"event","name":"ChannelClosed","inputs":[{"indexed":true,"name":"channelId","type":"bytes32"},{"indexed":false,"name":"settled","type":"uint256"},{"indexed":false,"name":"refunded","type":"uint256"}]},
  /** The payer wants to leave: settle before the grace period is over. */
  {"type":"event","name":"ChannelCloseRequested","inputs":[{"indexed":true,"name":"channelId","type":"bytes32"},{"indexed":true,"name":"payee","type":"address"},{"indexed":false,"name":"closeAt","type":"uint256"}]},
  /** A channel was opened, at the protocol fee that was last set. */
  {"type":"event","name":"ChannelOpened","inputs":[{"indexed":true,"name":"channelId","type":"bytes32"},{"indexed":true,"name":"payer","type":"address"},{"indexed":true,"name":"payee","type":"address"},{"indexed":false,"name":"token","type":"address"},{"indexed":false,"name":"authorizedSigner","type":"address"},{"indexed":false,"name":"salt","type":"bytes32"},{"indexed":false,"name":"deposit","type":"uint256"},{"indexed":false,"name":"fromVault","type":"bool"}]},
  /** A channel paid its payee. */
  {"type":"event","name":"ChannelSettled","inputs":[{"indexed":true,"name":"channelId","type":"bytes32"},{"indexed":false,"name":"settled","type":"uint256"}]},
  /** Channels paid their payee in one transfer. */
  {"type":"event","name":"ChannelsSettled","inputs":[{"indexed":true,"name":"payee","type":"address"},{"indexed":true,"name":"token","type":"address"},{"indexed":false,"name":"rows","type":"bytes"}]},
  /** A channel's deposit grew, and a pending exit of the payer, if any, was cancelled. */
  {"type":"event","name":"ChannelToppedUp","inputs":[{"indexed":true,"name":"channelId","type":"bytes32"},{"indexed":false,"name":"deposit","type":"uint256"},{"indexed":false,"name":"fromVault","type":"bool"}]},
  {"type":"event","name":"EIP712DomainChanged","inputs":[]},
  /** The protocol fee of a settlement went to the recipient's vault. */
  {"type":"event","name":"FeeAccrued","inputs":[{"indexed":true,"name":"recipient","type":"address"},{"indexed":true,"name":"token","type":"address"},{"indexed":false,"name":"amount","type":"uint256"}]},
  /** The protocol fee of channels opened from now on changed. */
  {"type":"event","name":"FeeSet","inputs":[{"indexed":false,"name":"bps","type":"uint256"},{"indexed":true,"name":"recipient","type":"address"}]},
  /** A payee let an operator act for it, or no longer does. */
  {"type":"event","name":"OperatorSet","inputs":[{"indexed":true,"name":"payee","type":"address"},{"indexed":true,"name":"operator","type":"address"},{"indexed":false,"name":"approved","type":"bool"}]},
  /** A row of a batch was left out. */
  {"type":"event","name":"RowSkipped","inputs":[{"indexed":true,"name":"channelId","type":"bytes32"},{"indexed":true,"name":"payee","type":"address"},{"indexed":false,"name":"batch","type":"uint256"},{"indexed":false,"name":"row","type":"uint256"},{"indexed":false,"name":"reason","type":"uint8"}]},
  /** An owner ended a session, which also forgets what the key has used. */
  {"type":"event","name":"SessionRevoked","inputs":[{"indexed":true,"name":"owner","type":"address"},{"indexed":true,"name":"key","type":"address"},{"indexed":true,"name":"token","type":"address"}]},
  /** An owner granted or changed a session; what the key has used is kept. */
  {"type":"event","name":"SessionSet","inputs":[{"indexed":true,"name":"owner","type":"address"},{"indexed":true,"name":"key","type":"address"},{"indexed":true,"name":"token","type":"address"},{"indexed":false,"name":"cap","type":"uint256"},{"indexed":false,"name":"expiry","type":"uint256"},{"indexed":false,"name":"payees","type":"bytes32"}]},
  /** A session key drew on a vault. */
  {"type":"event","name":"SessionUsed","inputs":[{"indexed":true,"name":"owner","type":"address"},{"indexed":true,"name":"key","type":"address"},{"indexed":true,"name":"token","type":"address"},{"indexed":false,"name":"used","type":"uint256"}]},
  /** Tokens were put into a vault. */
  {"type":"event","name":"VaultDeposited","inputs":[{"indexed":true,"name":"owner","type":"address"},{"indexed":true,"name":"token","type":"address"},{"indexed":false,"name":"amount","type":"uint256"}]},
  /** Tokens were taken out of a vault. */
  {"type":"event","name":"VaultWithdrawn","inputs":[{"indexed":true,"name":"owner","type":"address"},{"indexed":true,"name":"token","type":"address"},{"indexed":true,"name":"to","type":"address"},{"indexed":false,"name":"amount","type":"uint256"}]},
  {"type":"error","name":"AccessManagedInvalidAuthority","inputs":[{"name":"authority","type":"address"}]},
  {"type":"error","name":"AccessManagedRequiredDelay","inputs":[{"name":"caller","type":"address"},{"name":"delay","type":"uint32"}]},
  {"type":"error","name":"AccessManagedUnauthorized","inputs":[{"name":"caller","type":"address"}]},
  /** The address cannot play this role: it is zero, or the channels contract itself. */
  {"type":"error","name":"ChannelsAddressInvalid","inputs":[{"name":"account","type":"address"}]},
  /** A channel with this id exists or existed. */
  {"type":"error","name":"ChannelsAlreadyOpened","inputs":[{"name":"channelId","type":"bytes32"}]},
  /** The amount, or the deposit it leads to, does not fit into 96 bits. */
  {"type":"error","name":"ChannelsAmountTooLarge","inputs":[{"name":"amount","type":"uint256"}]},
  /** The amount is zero. */
  {"type":"error","name":"ChannelsAmountZero","inputs":[]},
  /** The payer did not authorize that much. */
  {"type":"error","name":"ChannelsCaptureAboveAuthorized","inputs":[{"name":"capture","type":"uint256"},{"name":"authorized","type":"uint256"}]},
  /** The channel does not hold that much. */
  {"type":"error","name":"ChannelsCaptureAboveDeposit","inputs":[{"name":"capture","type":"uint256"},{"name":"deposit","type":"uint256"}]},
  /** Nothing is left to pay: the capture is not above what was settled before. */
  {"type":"error","name":"ChannelsCaptureTooLow","inputs":[{"name":"capture","type":"uint256"},{"name":"settled","type":"uint256"}]},
  /** The channel ended. */
  {"type":"error","name":"ChannelsClosed","inputs":[{"name":"channelId","type":"bytes32"}]},
  /** The payer did not announce the exit, or a top-up cancelled it. */
  {"type":"error","name":"ChannelsCloseNotRequested","inputs":[{"name":"channelId","type":"bytes32"}]},
  /** The payer's exit from the channel is pending. */
  {"type":"error","name":"ChannelsClosing","inputs":[{"name":"channelId","type":"bytes32"},{"name":"closeAt","type":"uint256"}]},
  /** The token moved another amount than it was asked for, as fee-on-transfer tokens do. */
  {"type":"error","name":"ChannelsDepositMismatch","inputs":[{"name":"token","type":"address"},{"name":"expected","type":"uint256"},{"name":"actual","type":"uint256"}]},
  /** The fee is above its ceiling. */
  {"type":"error","name":"ChannelsFeeTooHigh","inputs":[{"name":"bps","type":"uint256"},{"name":"maximum","type":"uint256"}]},
  /** The grace period is not over. */
  {"type":"error","name":"ChannelsGraceNotOver","inputs":[{"name":"channelId","type":"bytes32"},{"name":"closeAt","type":"uint256"}]},
  /** The signature is malformed, or is not by the expected signer over these values. */
  {"type":"error","name":"ChannelsInvalidSignature","inputs":[{"name":"signer","type":"address"}]},
  /** Only the payee or one of its operators may do this. */
  {"type":"error","name":"ChannelsNotPayee","inputs":[{"name":"caller","type":"address"},{"name":"payee","type":"address"}]},
  /** Only the payer may do this. */
  {"type":"error","name":"ChannelsNotPayer","inputs":[{"name":"caller","type":"address"},{"name":"payer","type":"address"}]},
  /** The permit failed and the allowance that already exists is too small. */
  {"type":"error","name":"ChannelsPermitFailed","inputs":[{"name":"token","type":"address"},{"name":"allowance","type":"uint256"},{"name":"needed","type":"uint256"},{"name":"reason","type":"bytes"}]},
  /** The preimage does not hash to the committed root in that many steps. */
  {"type":"error","name":"ChannelsPreimageInvalid","inputs":[{"name":"root","type":"bytes32"},{"name":"reached","type":"bytes32"}]},
  /** The rows end in the middle of a row. */
  {"type":"error","name":"ChannelsRowsTruncated","inputs":[{"name":"batch","type":"uint256"},{"name":"row","type":"uint256"}]},
  /** The key asked for more than is left of its budget. */
  {"type":"error","name":"ChannelsSessionCapExceeded","inputs":[{"name":"needed","type":"uint256"},{"name":"remaining","type":"uint256"}]},
  /** The session is over, or a new one would already be over. */
  {"type":"error","name":"ChannelsSessionExpired","inputs":[{"name":"expiry","type":"uint256"}]},
  /** The key may not pay this payee, or the Merkle proof is wrong. */
  {"type":"error","name":"ChannelsSessionPayeeNotAllowed","inputs":[{"name":"payee","type":"address"}]},
  /** The owner gave the key no session for the token. */
  {"type":"error","name":"ChannelsSessionUnknown","inputs":[{"name":"owner","type":"address"},{"name":"key","type":"address"},{"name":"token","type":"address"}]},
  /** The signed deadline has passed. */
  {"type":"error","name":"ChannelsSignatureExpired","inputs":[{"name":"deadline","type":"uint256"}]},
  /** The number of steps is zero, above the commitment, or the commitment is too long. */
  {"type":"error","name":"ChannelsStepsInvalid","inputs":[{"name":"steps","type":"uint256"},{"name":"maxSteps","type":"uint256"}]},
  /** There is no ERC-20 token at the address. */
  {"type":"error","name":"ChannelsTokenInvalid","inputs":[{"name":"token","type":"address"}]},
  /** No channel with this id was ever opened. */
  {"type":"error","name":"ChannelsUnknown","inputs":[{"name":"channelId","type":"bytes32"}]},
  /** The vault does not hold enough. */
  {"type":"error","name":"ChannelsVaultInsufficient","inputs":[{"name":"owner","type":"address"},{"name":"token","type":"address"},{"name":"balance","type":"uint256"},{"name":"needed","type":"uint256"}]},
  {"type":"error","name":"InvalidShortString","inputs":[]},
  {"type":"error","name":"ReentrancyGuardReentrantCall","inputs":[]},
  {"type":"error","name":"SafeERC20FailedOperation","inputs":[{"name":"token","type":"address"}]},
  {"type":"error","name":"StringTooLong","inputs":[{"name":"str","type":"string"}]},
] as const
