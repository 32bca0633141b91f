import { splitWords } from '../internal/splitWords.js'
import { PolicyMalformedError } from './errors.js'
import { PolicyDocument } from './policyDocument.js'

/**
 * Reads a policy, and puts its lists into the one order that is hashed.
 *
 * @param value - The document, as its JSON says.
 * @returns The policy.
 * @throws {@link PolicyMalformedError} when it is none.
 *
 * @example
 * ```ts
 * import { parsePolicy } from '@aitoken/governance/policy'
 *
 * export const read = (json: string) => parsePolicy(JSON.parse(json))
 * ```
 */
export function parsePolicy(value: unknown): PolicyDocument {
  const { data, error } = PolicyDocument.safeParse(value)
  if (!data) {
    const [issue] = error.issues
    throw new PolicyMalformedError({ cause: error, reason: `${issue?.path.join('/')}: ${issue?.message}` })
  }
  // Objects lose this one key when they are copied: its rule would hold for nobody, and be in no hash.
  for (const field of ['blocked', 'ceilings', 'limits'] as const)
    if (isPrototypeNamed(value, field))
      throw new PolicyMalformedError({ reason: `${field}/__proto__: nothing can be called so` })
  const blocked = Object.entries(data.blocked).map(([rule, phrases]) => {
    const empty = phrases.find((phrase) => splitWords(phrase).length === 0 || splitWords(phrase).length > 16)
    if (empty !== undefined)
      throw new PolicyMalformedError({
        reason: `blocked/${rule}: ${JSON.stringify(empty)} is not 1 to 16 words`,
      })
    return [rule, toSet(phrases)] as const
  })
  return {
    ...data,
    blocked: Object.fromEntries(blocked),
    blockedCategories: toSet(data.blockedCategories),
    purposes: toSet(data.purposes),
  }
}

function isPrototypeNamed(value: unknown, field: string): boolean {
  const record: unknown = Object(Reflect.get(Object(value), field))
  return Object.hasOwn(Object(record), '__proto__')
}

function toSet(values: readonly string[]): string[] {
  return [...new Set(values)].sort()
}
