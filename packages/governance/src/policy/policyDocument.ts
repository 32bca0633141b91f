import * as z from 'zod/mini'

const days = z.int().check(z.minimum(0), z.maximum(36_500))
const limit = z.int().check(z.minimum(1))
const units = z.string().check(z.regex(/^(?:0|[1-9]\d{0,38})$/))
const name = z.string().check(z.minLength(1), z.maxLength(200), z.refine(isWellFormed))
const text = z.string().check(z.maxLength(4000), z.refine(isWellFormed))
const names = z.array(name).check(z.maxLength(1000))

/** Schema of a policy: what a DAO decides that a gateway must keep. */
export const PolicyDocument = /* @__PURE__ */ z.strictObject({
  blocked: z.record(name, z.array(name).check(z.minLength(1), z.maxLength(1000))),
  blockedCategories: names,
  ceilings: z.record(
    name,
    z.strictObject({ cachedInput: units, input: units, output: units, reasoning: units, request: units }),
  ),
  duties: z.strictObject({ disclosure: text, markOutput: z.boolean() }),
  limits: z.record(name, z.strictObject({ maxInputCharacters: limit, maxOutputTokens: limit })),
  purposes: names,
  retention: z.strictObject({ promptDays: days, receiptDays: days }),
  schema: z.literal('aitoken-policy/1'),
  title: name,
  version: limit,
})

/** A policy. Lists are sets; prices are decimal strings in the units of a price table. */
export type PolicyDocument = z.infer<typeof PolicyDocument>

// A lone surrogate has no UTF-8, so that two texts would share one hash.
function isWellFormed(value: string): boolean {
  return !/\p{Surrogate}/u.test(value)
}
