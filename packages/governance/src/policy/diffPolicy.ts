import { parsePolicy } from './parsePolicy.js'
import type { PolicyDocument } from './policyDocument.js'

type Value = boolean | number | string

/** One thing that a new policy changes. */
export type PolicyChange = {
  /** What it was; undefined when it is new. */
  readonly before: Value | undefined
  /** What it becomes; undefined when it goes. */
  readonly after: Value | undefined
  /** Whether more is allowed, more is blocked, or something else is owed. */
  readonly effect: 'allows' | 'blocks' | 'duty'
  readonly kind: 'added' | 'changed' | 'removed'
  /** Where, as a JSON pointer (RFC 6901) without its first slash; a member of a list stands by its name. */
  readonly path: string
  /** The change in one English line. */
  readonly text: string
}

/**
 * Says what changes from one policy to another; nothing when their hashes are equal.
 *
 * @param before - The policy that holds.
 * @param after - The policy to come.
 * @returns The changes, by path.
 * @throws {@link PolicyMalformedError} when one is no policy.
 *
 * @example
 * ```ts
 * import { diffPolicy, type PolicyDocument } from '@aitoken/governance/policy'
 *
 * export const explain = (before: PolicyDocument, after: PolicyDocument) =>
 *   diffPolicy(before, after).map((change) => change.text)
 * ```
 */
export function diffPolicy(before: PolicyDocument, after: PolicyDocument): PolicyChange[] {
  const [old, next] = [flatten(parsePolicy(before)), flatten(parsePolicy(after))]
  const opens = before.purposes.length === 0 || after.purposes.length === 0
  return [...new Set([...old.keys(), ...next.keys()])].sort().flatMap((path) => {
    const [was, is] = [old.get(path), next.get(path)]
    if (was === is) return []
    const kind = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed'
    const effect = effectOf(path, was, is, opens)
    const verb = effect === 'duty' ? 'Changes' : effect === 'allows' ? 'Allows more' : 'Blocks more'
    const text = `${verb}: ${path} ${kind}, ${JSON.stringify(was ?? null)} → ${JSON.stringify(is ?? null)}`
    return [{ after: is, before: was, effect, kind, path, text }]
  })
}

function effectOf(path: string, was: Value | undefined, is: Value | undefined, opens: boolean) {
  const field = path.split('/', 1)[0]
  const isAdded = was === undefined
  // An empty list of purposes allows every purpose: its first member narrows.
  if (field === 'purposes') return isAdded === opens ? 'blocks' : 'allows'
  if (field === 'blocked' || field === 'blockedCategories') return isAdded ? 'blocks' : 'allows'
  if (field !== 'limits' && field !== 'ceilings') return 'duty'
  if (isAdded) return 'blocks'
  return is === undefined || BigInt(is) > BigInt(was) ? 'allows' : 'blocks'
}

function flatten(policy: PolicyDocument): Map<string, Value> {
  const leaves = new Map<string, Value>()
  const add = (path: readonly string[], value: unknown): void => {
    if (Array.isArray(value)) for (const member of value) add([...path, member], true)
    else if (typeof value === 'object' && value !== null)
      for (const [key, part] of Object.entries(value)) add([...path, key], part)
    else if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
      leaves.set(path.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/'), value)
  }
  add([], policy)
  return leaves
}
