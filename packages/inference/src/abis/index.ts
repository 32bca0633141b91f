/**
 * ABIs of the payment channels and the registry of providers, as viem takes them.
 *
 * @module @aitoken/inference/abis
 */

export { paymentChannelsAbi } from '../generated/paymentChannels.js'
export { providerRegistryAbi } from '../generated/providerRegistry.js'
