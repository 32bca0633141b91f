// An entry of its own, without viem: code that only throws and recognises errors starts at no cost.
export { AccountMissingError } from './AccountMissingError.js'
export { AitokenError } from './AitokenError.js'
export { InvalidAddressError } from './InvalidAddressError.js'
export { InvalidAmountError } from './InvalidAmountError.js'
export { InvalidArgumentError } from './InvalidArgumentError.js'
