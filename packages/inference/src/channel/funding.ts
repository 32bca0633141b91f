import type { Address, Hex } from 'viem'

/** A payer's ERC-3009 authorization for the channels contract; its nonce follows from what it funds. */
export type Authorization = {
  /** First half of the signature. */
  r: Hex
  /** Second half of the signature. */
  s: Hex
  /** Last byte of the signature. */
  v: number
  /** Unix time after which it is valid, in seconds. */
  validAfter: bigint
  /** Unix time before which it is valid, in seconds. */
  validBefore: bigint
}

/** A payer's ERC-2612 permit for the channels contract. */
export type Permit = {
  /** Unix time until which it is valid, in seconds. */
  deadline: bigint
  /** First half of the signature. */
  r: Hex
  /** Second half of the signature. */
  s: Hex
  /** Last byte of the signature. */
  v: number
  /** Allowance that it grants, in base units. */
  value: bigint
}

/** A payer's EIP-712 consent to a call that somebody else sends. */
export type Consent = {
  /** Unix time until which it is valid, in seconds. */
  deadline: bigint
  /** The payer's signature. */
  signature: Hex
}

/** A payer's Permit2 signature transfer to the channels contract. */
export type Permit2Transfer = {
  /** Unix time until which it is valid, in seconds. */
  deadline: bigint
  /** Unordered Permit2 nonce. */
  nonce: bigint
  /** The payer's signature. */
  signature: Hex
}

/** Where Permit2 lives, on every chain. */
export const permit2Address: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
