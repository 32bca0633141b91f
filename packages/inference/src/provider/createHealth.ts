import type { Hex } from 'viem'

import type { ProviderContext } from './context.js'

/** How a provider is, as `GET /healthz` tells everybody: no reasons, addresses or amounts. */
export type Health = {
  /** Whether the chain answers; what is known about channels holds for a while without it. */
  readonly chain: 'ok' | 'unreachable'
  /** `degraded` still serves; `draining` and `failing` do not. */
  readonly status: 'degraded' | 'draining' | 'failing' | 'ok'
  /** Whether the books can be read. */
  readonly store: 'ok' | 'unreachable'
}

/** How long an answer holds, in milliseconds: probes come often, and from everywhere. */
const freshFor = 5_000

/** How long either may take to answer, in milliseconds. */
const patience = 2_000

/** A book that nobody has. */
const nobody: Hex = `0x${'00'.repeat(32)}`

/**
 * Creates what looks after a provider's store and chain. However often it is asked, both are at most asked every
 * five seconds.
 *
 * @param context - The provider.
 * @returns Tells how the provider is; it never rejects.
 */
export function createHealth(context: ProviderContext): () => Promise<Health> {
  let checkedAt = Number.NEGATIVE_INFINITY
  let checking: Promise<Pick<Health, 'chain' | 'store'>> | undefined

  const check = async () => {
    const [chain, store] = await Promise.all([
      reaches(async () => {
        const { getChainId } = await import('viem/actions')
        return getChainId(context.client)
      }),
      reaches(() => context.store.transact(nobody, (ledger) => ({ ledger, result: undefined }))),
    ])
    return { chain, store }
  }

  return async () => {
    const now = performance.now()
    if (!checking || now - checkedAt >= freshFor) {
      checkedAt = now
      checking = check()
    }
    const found = await checking
    const status = context.activities.leaving() ? 'draining' : summarize(found)
    return { ...found, status }
  }
}

function summarize({ chain, store }: Pick<Health, 'chain' | 'store'>): Health['status'] {
  if (store !== 'ok') return 'failing'
  return chain === 'ok' ? 'ok' : 'degraded'
}

/** Whether something answers in time; why it does not is told to the operator by the requests that fail of it. */
async function reaches(ask: () => Promise<unknown>): Promise<'ok' | 'unreachable'> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'unreachable'>((resolve) => {
    timer = setTimeout(resolve, patience, 'unreachable')
  })
  try {
    return await Promise.race([
      ask().then(
        () => 'ok' as const,
        () => 'unreachable' as const,
      ),
      late,
    ])
  } finally {
    clearTimeout(timer)
  }
}
