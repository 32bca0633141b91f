import { readTexts } from '../internal/readTexts.js'
import { splitWords } from '../internal/splitWords.js'
import { PolicyViolationError } from './errors.js'
import type { PolicyDocument } from './policyDocument.js'

/** A request as a policy sees it; a gateway's own request has these fields. */
export type GovernedRequest = {
  /** The request's body. Its purpose is `metadata.purpose`. */
  readonly body: Readonly<Record<string, unknown>>
  /** What a classifier says that it is about; undefined when nothing classified it. */
  readonly categories?: readonly string[] | undefined
  /** Most output tokens that it asks for. */
  readonly maxOutputTokens: number
  /** Name of the model. */
  readonly model: string
  /** What the model costs. */
  readonly price?:
    | Readonly<Record<'cachedInput' | 'input' | 'output' | 'reasoning' | 'request', bigint>>
    | undefined
}

/** What a policy says about a request. */
export type PolicyVerdict =
  | { readonly allow: true }
  | { readonly allow: false; readonly reason: string; readonly rule: string }

/**
 * Decides about a request, in time linear in its size. What the policy needs and the request does not say is refused.
 *
 * @param policy - A policy that `parsePolicy` returned.
 * @param request - The request.
 * @returns Whether it is allowed, else the rule that forbids it.
 *
 * @example
 * ```ts
 * import { decidePolicy, type GovernedRequest, type PolicyDocument } from '@aitoken/governance/policy'
 *
 * export const isAllowed = (policy: PolicyDocument, request: GovernedRequest) => decidePolicy(policy, request).allow
 * ```
 */
export function decidePolicy(policy: PolicyDocument, request: GovernedRequest): PolicyVerdict {
  const { body, categories, maxOutputTokens, model, price } = request
  const purpose = purposeOf(body)
  if (policy.purposes.length > 0 && (purpose === undefined || !policy.purposes.includes(purpose)))
    return refuse('purposes', `the purpose ${JSON.stringify(purpose ?? null)} is not allowed`)
  if (policy.blockedCategories.length > 0 && !categories)
    return refuse('blockedCategories', 'nothing classified the request')
  const category = policy.blockedCategories.find((blocked) => categories?.includes(blocked))
  if (category !== undefined) return refuse(`blockedCategories/${category}`, 'the category is blocked')

  const limits = Object.hasOwn(policy.limits, model) ? policy.limits[model] : undefined
  if (limits && !(maxOutputTokens <= limits.maxOutputTokens))
    return refuse(`limits/${model}/maxOutputTokens`, `at most ${limits.maxOutputTokens} tokens are allowed`)
  const ceiling = Object.hasOwn(policy.ceilings, model) ? policy.ceilings[model] : undefined
  if (ceiling && !price) return refuse(`ceilings/${model}`, 'the request has no price')
  for (const kind of ['cachedInput', 'input', 'output', 'reasoning', 'request'] as const)
    if (ceiling && price && price[kind] > BigInt(ceiling[kind]))
      return refuse(`ceilings/${model}/${kind}`, `the price is above ${ceiling[kind]}`)

  const text = readTexts(body).join('\n')
  if (limits && text.length > limits.maxInputCharacters)
    return refuse(`limits/${model}/maxInputCharacters`, `at most ${limits.maxInputCharacters} are allowed`)
  const rule = findBlocked(policy, splitWords(text))
  return rule === undefined
    ? { allow: true }
    : refuse(`blocked/${rule}`, 'the request holds a blocked phrase')
}

/**
 * Decides about a request as {@link decidePolicy} does, and throws where it is forbidden.
 *
 * @param policy - A policy that `parsePolicy` returned.
 * @param request - The request.
 * @throws {@link PolicyViolationError} when a rule forbids it.
 */
export function assertPolicy(policy: PolicyDocument, request: GovernedRequest): void {
  const verdict = decidePolicy(policy, request)
  if (!verdict.allow) throw new PolicyViolationError(verdict)
}

function refuse(rule: string, reason: string): PolicyVerdict {
  return { allow: false, reason, rule }
}

function purposeOf({ metadata }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof metadata !== 'object' || metadata === null || !('purpose' in metadata)) return undefined
  return typeof metadata.purpose === 'string' ? metadata.purpose : undefined
}

function findBlocked({ blocked }: PolicyDocument, words: readonly string[]): string | undefined {
  const phrases = new Map<string, string>()
  const lengths = new Set<number>()
  for (const [rule, list] of Object.entries(blocked))
    for (const phrase of list) {
      const parts = splitWords(phrase)
      lengths.add(parts.length)
      phrases.set(parts.join(' '), rule)
    }
  for (const length of lengths)
    for (let start = 0; start + length <= words.length; start++) {
      const rule = phrases.get(words.slice(start, start + length).join(' '))
      if (rule !== undefined) return rule
    }
  return undefined
}
