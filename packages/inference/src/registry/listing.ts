import { type Address, type Hex, zeroHash } from 'viem'

/** What a provider publishes about itself. */
export type Listing = {
  /** URL that it answers at, 1 to 256 bytes. */
  endpoint: string
  /** Digest of the manifest of what it serves, 32 bytes. @default zero: it has none */
  manifestDigest?: Hex | undefined
  /** Where its manifest can be had, up to 1024 bytes; kept in the chain's logs alone. @default nowhere */
  manifestUri?: string | undefined
  /** Who its channels pay. */
  payee: Address
  /** Key that signs its prices and receipts. */
  receiptSigner: Address
}

/** A listing as the contract takes it. */
export function toListing({ endpoint, manifestDigest = zeroHash, payee, receiptSigner }: Listing) {
  return { endpoint, manifestDigest, payee, receiptSigner }
}
