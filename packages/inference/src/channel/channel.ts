import type { Address, Hex } from 'viem'

/** Everything that identifies a channel. It is never stored on chain: whoever acts on a channel brings it. */
export type Channel = {
  /** Who funds the channel and gets back what was not spent. */
  payer: Address
  /** Who is paid. */
  payee: Address
  /** The ERC-20 token that the channel is denominated in. */
  token: Address
  /** Tells channels between the same parties apart, 32 bytes. */
  salt: Hex
  /** Key that signs vouchers; the zero address means the payer. */
  authorizedSigner: Address
}

/** What the chain keeps about a channel. */
export type ChannelState = {
  /** Unix time from which the payer may withdraw, in seconds; zero when no exit is pending. */
  closeAt: number
  /** Whether the channel ended. A closed channel never opens again. */
  closed: boolean
  /** Base units put in since the channel opened; zero only when the channel never existed. */
  deposit: bigint
  /** Protocol fee in basis points, fixed when the channel opened. */
  feeBps: number
  /** Whether what is left goes to the payer's vault rather than to the payer. */
  refundsToVault: boolean
  /** Base units paid out since the channel opened, protocol fees included. */
  settled: bigint
}

/** Who signs a channel's vouchers: its authorized signer, or its payer when it names none. */
export function signerOf({ authorizedSigner, payer }: Pick<Channel, 'authorizedSigner' | 'payer'>): Address {
  return /^0x0{40}$/.test(authorizedSigner) ? payer : authorizedSigner
}
