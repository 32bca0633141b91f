import type { ReadClient } from '@aitoken/core'
import type { Address } from 'viem'

import { isSameAddress } from '../internal/address.js'
import { getSignerTerm } from '../registry/getSignerTerm.js'
import { wasPayee } from '../registry/wasPayee.js'
import { isOperator } from '../settlement/isOperator.js'
import { ReceiptUnboundError } from './errors.js'

/** Why a signature binds a payee. */
export type Standing = 'known' | 'operator' | 'payee' | 'registered'

/**
 * Finds out why a signature binds a payee: it signed itself, made the signer its operator, or registered it.
 *
 * @param client - Client of the contracts' chain.
 * @param parameters - {@link readStanding.Parameters}
 * @returns The reason.
 * @throws {@link ReceiptUnboundError} when nothing shows that it does.
 */
export async function readStanding(
  client: ReadClient,
  { channels, known, payee, provider, registry, signer }: readStanding.Parameters,
): Promise<Standing> {
  if (isSameAddress(signer, payee)) return 'payee'
  if (known && isSameAddress(signer, known)) return 'known'
  if (await isOperator(client, { channels, operator: signer, payee })) return 'operator'
  if (provider !== undefined) {
    const [{ since }, paid] = await Promise.all([
      getSignerTerm(client, { id: provider, registry, signer }),
      wasPayee(client, { id: provider, payee, registry }),
    ])
    if (since > 0 && paid) return 'registered'
  }
  throw new ReceiptUnboundError({ payee, signer })
}

export declare namespace readStanding {
  type Parameters = {
    /** The payment channels contract. */
    channels: Address
    /** Who is known by other means to sign for the payee. */
    known?: Address | undefined
    /** Who would be bound. */
    payee: Address
    /** Id of the provider in the registry. */
    provider?: bigint | undefined
    /** The registry. @default the one deployed on the client's chain */
    registry?: Address | undefined
    /** Who signed. */
    signer: Address
  }
  type ErrorType = ReceiptUnboundError | getSignerTerm.ErrorType | isOperator.ErrorType
}
