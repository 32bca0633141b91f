import type { ReadClient } from '@aitoken/core'
import type { Address } from 'viem'

import { isSameAddress } from '../internal/address.js'
import { getProvider } from '../registry/getProvider.js'
import { getSignerTerm } from '../registry/getSignerTerm.js'
import { wasPayee } from '../registry/wasPayee.js'
import { isOperator } from '../settlement/isOperator.js'
import { PayeeConsentError, ReceiptUnboundError, SignerTermError } from './errors.js'

/**
 * Why a signature binds a payee: the auditor knows the signer (`known`), it is the payee's operator on chain, the payee
 * itself, or the key of a provider that the payee agreed to (`registered`). `convicted` is such a key, too, but a proof
 * against it was accepted: it contradicted itself, or was in other hands.
 */
export type Standing = 'convicted' | 'known' | 'operator' | 'payee' | 'registered'

/**
 * Finds out why a signature binds a payee: it signed itself, made the signer its operator, or agreed to a provider that
 * registered the signer. Anybody can register any payee, so it must own the provider, or have made the owner its
 * operator.
 *
 * @param client - Client of the contracts' chain.
 * @param parameters - {@link readStanding.Parameters}
 * @returns The reason.
 * @throws {@link ReceiptUnboundError} when nothing shows that it does.
 * @throws {@link PayeeConsentError} when it binds the provider, but the payee never agreed to that.
 * @throws {@link SignerTermError} when the key was not the provider's at the time in question.
 * @throws `ProviderUnknownError` when there is no such provider.
 */
export async function readStanding(
  client: ReadClient,
  { at, channels, known, payee, provider, registry, signer }: readStanding.Parameters,
): Promise<Standing> {
  if (isSameAddress(signer, payee)) return 'payee'
  if (known && isSameAddress(signer, known)) return 'known'
  if (await isOperator(client, { channels, operator: signer, payee })) return 'operator'
  if (provider !== undefined) {
    const [{ owner }, term, paid] = await Promise.all([
      getProvider(client, { id: provider, registry }),
      getSignerTerm(client, { id: provider, registry, signer }),
      wasPayee(client, { id: provider, payee, registry }),
    ])
    if (term.since > 0 && paid) {
      const agreed =
        isSameAddress(owner, payee) || (await isOperator(client, { channels, operator: owner, payee }))
      if (!agreed) throw new PayeeConsentError({ owner, payee, provider })
      if (!covers(term, at)) throw new SignerTermError({ at, provider, signer, ...term })
      return term.convicted ? 'convicted' : 'registered'
    }
  }
  throw new ReceiptUnboundError({ payee, signer })
}

export declare namespace readStanding {
  type Parameters = {
    /** Unix time in seconds at which the key must have been the provider's. @default now */
    at?: bigint | undefined
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
  type ErrorType =
    | PayeeConsentError
    | ReceiptUnboundError
    | SignerTermError
    | getProvider.ErrorType
    | getSignerTerm.ErrorType
    | isOperator.ErrorType
}

/** Whether a key signed for its provider at a time; without one, whether it does now. */
function covers({ since, until }: getSignerTerm.ReturnType, at: bigint | undefined): boolean {
  if (at === undefined) return until === 0
  return BigInt(since) <= at && (until === 0 || at < BigInt(until))
}
