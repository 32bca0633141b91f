// Stands alone so that it can be loaded when it is needed: of a package imported that way, bundlers would keep
// everything.
export { hashMessage, hashTypedData } from 'viem/utils'
