export { paymentChannelsAbi } from '../generated/paymentChannels.js'
