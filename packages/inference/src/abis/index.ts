/**
 * ABI of the payment channels, as viem takes it.
 *
 * @module @aitoken/inference/abis
 */

export { paymentChannelsAbi } from '../generated/paymentChannels.js'
