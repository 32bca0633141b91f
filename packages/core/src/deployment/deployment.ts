import type { Address } from 'viem'

/** A contract of the system, by the name its address goes by. */
export type ContractName = 'accessManager' | 'aiToken' | 'paymentChannels' | 'providerRegistry'

/** Where the system's contracts live on one chain. */
export type Deployment = Readonly<Record<ContractName, Address>>

/** Deployments by chain id. */
export type Deployments = Readonly<Record<number, Deployment>>
