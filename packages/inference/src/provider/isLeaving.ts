import type { Ledger } from '../ledger/ledger.js'
import type { ProviderContext } from './context.js'

/** Whether a payer's exit ends so soon that nothing more is given on credit: what runs must end and be settled. */
export function isLeaving({ exitMargin, now }: ProviderContext, { closeAt }: Ledger): boolean {
  return closeAt > 0 && now() >= (closeAt - exitMargin) * 1000
}
