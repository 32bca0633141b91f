import { AitokenError } from '@aitoken/core/errors'

import type { LedgerStore } from '../store/store.js'
import { GatewayConfigError, GatewayStartError } from './errors.js'

/**
 * Opens the store that an address names, and looks into it: a gateway that cannot keep books must not sell.
 *
 * @param address - `sqlite:` and a path, a `postgres://` URL, or `memory`.
 * @returns The store.
 * @throws {@link GatewayConfigError} when the address is none.
 * @throws {@link GatewayStartError} when nothing can be kept there.
 */
export async function openStore(address: string): Promise<LedgerStore> {
  let store: LedgerStore | undefined
  try {
    store = await createStore(address)
    for await (const _ of store.list()) break
    return store
  } catch (cause) {
    await store?.close()
    if (cause instanceof GatewayConfigError) throw cause
    const hints = AitokenError.is(cause)
      ? cause.hints
      : ['Check that it runs, and that it lets this user in.']
    throw new GatewayStartError(`\`store\` ${describeStore(address)} cannot be used.`, { cause, hints })
  }
}

async function createStore(address: string): Promise<LedgerStore> {
  if (address === 'memory') {
    const { createMemoryStore } = await import('../store/createMemoryStore.js')
    return createMemoryStore()
  }
  if (/^sqlite:./.test(address)) {
    const { createSqliteStore } = await import('../sqlite/index.js')
    return createSqliteStore({ path: address.slice('sqlite:'.length) })
  }
  if (/^postgres(ql)?:\/\//.test(address)) {
    const { createPostgresStore } = await import('../postgres/index.js')
    return createPostgresStore({ connectionString: address })
  }
  // It may hold a password.
  const expected = '`sqlite:` and a path, a `postgres://` URL, or `memory`'
  throw new GatewayConfigError({ expected, field: 'store', hidden: true, value: address })
}

/** What a store may be called where everybody can read it. */
export function describeStore(address: string): string {
  if (!URL.canParse(address) || !address.includes('://')) return address
  const { host, pathname, protocol } = new URL(address)
  return `${protocol}//${host}${pathname}`
}
