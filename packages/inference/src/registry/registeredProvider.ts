import type { Address, Hex } from 'viem'

/** Everything that the registry knows about a provider. */
export type RegisteredProvider = {
  /** Base units that vouch for it. */
  bond: bigint
  /** Whether it left. It never comes back under this id. */
  deregistered: boolean
  /** URL that it answers at; empty when it left. */
  endpoint: string
  /** Its number, from 1. */
  id: bigint
  /** Digest of the manifest of what it serves; zero when it has none. */
  manifestDigest: Hex
  /** Who may change it, and whose bond it is. */
  owner: Address
  /** Who its channels pay. */
  payee: Address
  /** Who may become its owner; the zero address when it is not on offer. */
  pendingOwner: Address
  /** Key that signs its prices and receipts; the zero address when it was convicted and not replaced. */
  receiptSigner: Address
  /** Unix time in seconds at which it registered. */
  registeredAt: number
  /** Unix time in seconds from which `unbonding` may be withdrawn; 0 when nothing is. */
  releaseAt: number
  /** Base units on their way out. They can be slashed until they are withdrawn. */
  unbonding: bigint
}
