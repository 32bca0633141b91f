import type { Hex } from 'viem'

/** What an owner lets a session key draw from the vault. */
export type Session = {
  /** Base units that the key may draw in total. */
  cap: bigint
  /** Unix time from which the key is refused, in seconds. */
  expiry: number
  /** Merkle root of the payees that it may open channels to; zero means any. */
  payees: Hex
  /** Base units that it has drawn. Refunds do not lower it. */
  used: bigint
}
