import type { Hash, Hex } from 'viem'

/**
 * Something that a watchtower wants its operator to know. Nodes are numbered from 0, in the order in which they were
 * given; amounts are in base units.
 */
export type Alarm =
  /** A node told an older block than before, by more than chains reorganise. What it says is not good news. */
  | { kind: 'behind'; node: number; seen: bigint; told: bigint }
  /** Nodes at the same height tell different states of a channel; the worst of them is believed. */
  | { channelId: Hex; kind: 'disagreement' }
  /** A payer announced its exit: what is owed is settled before `closeAt`, a Unix time in seconds. */
  | { channelId: Hex; closeAt: number; exposure: bigint; kind: 'exit' }
  /**
   * A payer may leave within the exit margin, and another process claimed the channel, until a Unix time in
   * milliseconds, without having settled it: this one settles it as well.
   */
  | { by: string; channelId: Hex; kind: 'held'; until: number }
  /** A channel ended with so much of its spending unpaid. */
  | { amount: bigint; channelId: Hex; kind: 'loss' }
  /** A node's latest block is this many seconds old. */
  | { age: number; kind: 'stale'; node: number }
  /** A transaction is in no block yet, whatever was paid for it. It is asked for again, and nothing is sent beside it. */
  | { error: unknown; hash: Hash; kind: 'stuck' }
  /** A look failed, such as for want of the store. The next one begins anew. */
  | { error: unknown; kind: 'failed' }
  /** A block that paid so much vanished in a reorganisation: it is settled again. */
  | { amount: bigint; channelId: Hex; kind: 'undone' }
  /** A node failed, or took too long. */
  | { error: unknown; kind: 'unreachable'; node: number }
  /** What was due could not be settled; it is tried again. */
  | { channelIds: readonly Hex[]; error: unknown; kind: 'unsettled' }
  /** The block that funded a channel vanished in a reorganisation: it is not served any more. */
  | { amount: bigint; channelId: Hex; kind: 'vanished' }
