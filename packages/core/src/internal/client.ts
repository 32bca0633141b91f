import type { Account, Chain, Client, Transport } from 'viem'

/** A viem client that can read: any client with a chain. */
export type ReadClient = Client<Transport, Chain>

/** A viem client that can read, and write for one account. */
export type WriteClient = Client<Transport, Chain, Account>
