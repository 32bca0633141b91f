/** Contract addresses by chain id: none yet, no public chain has the contracts. Generated; do not edit. */
export const deployments = {} as const
