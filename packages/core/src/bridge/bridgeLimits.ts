/** How much may pass in one direction: a bucket that starts full and refills evenly. */
export type BridgeLimit = {
  /** What passes at once when the bucket is full, in base units; 0n closes the direction. */
  capacity: bigint
  /** Seconds an empty bucket takes to fill; 0 exactly when the capacity is. */
  window: number
}

/** What a bridge may do on one chain. */
export type BridgeLimits = {
  /** Limit on what it creates here. */
  inbound: BridgeLimit
  /** Limit on what it destroys here. */
  outbound: BridgeLimit
}
