import { AitokenError } from '../errors/AitokenError.js'

/** Thrown when a node cannot simulate: it does not know `eth_simulateV1`. */
export class SimulationUnsupportedError extends AitokenError {
  override readonly name = 'SimulationUnsupportedError'

  constructor({ cause, chainId }: SimulationUnsupportedError.Options) {
    super(`The node of chain ${chainId} does not know \`eth_simulateV1\`.`, {
      cause,
      hints: ['Use another RPC endpoint: current Geth, Reth, Nethermind, Besu and anvil have it.'],
    })
  }
}

export declare namespace SimulationUnsupportedError {
  type Options = { cause?: unknown; chainId: number }
}
