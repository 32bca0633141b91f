import type { Address, Hash, Hex } from 'viem'

/** What every kind of payment says. */
export type PaymentTerms = {
  /** The channel that pays. */
  channelId: Hex
  /** What a provider that never saw the channel needs besides what it knows about itself. */
  descriptor?: PaymentDescriptor | undefined
  /** First 8 bytes of the price table's hash: what the payer believes it pays. */
  priceTag?: Hex | undefined
  /** Whether the payer does without a receipt. */
  unreceipted?: boolean | undefined
}

/** A payment by voucher. */
export type VoucherPayment = PaymentTerms & {
  /** Total that the voucher authorizes since the channel opened, in base units; at most 96 bits. */
  cumulativeAmount: bigint
  /** The voucher's 65-byte signature. */
  signature: Hex
}

/** A payment by a link of a hash chain, which is worth `base + steps * unit` in total. */
export type LinkPayment = PaymentTerms & {
  /** The commitment to the chain; undefined when the provider has it. Its root is the link, hashed `steps` times. */
  commit?: LinkCommit | undefined
  /** The revealed link. */
  link: Hash
  /** The link's step, from 1. */
  steps: number
}

/** A payer's commitment to a hash chain, without what the payment says anyway. */
export type LinkCommit = {
  /** Total owed when the chain begins, in base units; at most 96 bits. */
  base: bigint
  /** Number of links, at most 1,024. */
  maxSteps: number
  /** The commitment's 65-byte signature. */
  signature: Hex
  /** Value of one link, in base units; at most 96 bits. */
  unit: bigint
}

/** A payment on a session's credit, which nothing but a code under the session's key proves. */
export type SessionPayment = Omit<PaymentTerms, 'descriptor'> & {
  /** HMAC-SHA256 of the request: see `createRequestCode`. */
  code: Hash
  /** The request's number in the session, from 1. */
  counter: bigint
  /** First 8 bytes of the key's hash. */
  keyId: Hex
}

/** What the `AI-Payment` header says. */
export type Payment = LinkPayment | SessionPayment | VoucherPayment

/** The part of a channel's descriptor that its payee cannot know. */
export type PaymentDescriptor = {
  /** Key that signs vouchers; zero means the payer. */
  authorizedSigner: Address
  /** Who funded the channel. */
  payer: Address
  /** The channel's salt. */
  salt: Hex
}
