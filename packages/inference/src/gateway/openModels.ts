import { parseUnits } from 'viem'

import type { createProvider } from '../provider/createProvider.js'
import { createOpenaiUpstream, UpstreamUrlError } from '../upstream/createOpenaiUpstream.js'
import type { Upstream } from '../upstream/upstream.js'
import type { ConfiguredModel } from './config.js'
import { GatewayConfigError } from './errors.js'
import { type Environment, readSecret, readText } from './readSecret.js'

/** The model that comes with the package. */
const builtin = 'builtin:shakespeare'

/** Most output tokens for one choice, where nothing is said. */
const maxOutput = 4_096

/**
 * Opens the models that a configuration names.
 *
 * @param models - The models.
 * @param parameters - {@link openModels.Parameters}
 * @returns The models, as a provider takes them.
 * @throws {@link GatewayConfigError} when one cannot work.
 */
export async function openModels(
  models: readonly ConfiguredModel[],
  { decimals, env }: openModels.Parameters,
): Promise<createProvider.Model[]> {
  return Promise.all(
    models.map(async (model, index) => {
      const field = `models[${index}]`
      const { allowFields, id, maxOutputTokens = maxOutput, price } = model
      const first = models.findIndex((other) => other.id === id)
      if (first < index) {
        const expected = `another name: \`models[${first}]\` has it already`
        throw new GatewayConfigError({ expected, field: `${field}.id`, value: id })
      }
      const { input, output, ...others } = price
      const toUnits = (name: string, amount: string) =>
        parseAmount(amount, { decimals, field: `${field}.price.${name}` })
      const optional = Object.entries(others).flatMap(([name, amount]) =>
        amount === undefined ? [] : [[name, toUnits(name, amount)] as const],
      )
      const prices = { input: toUnits('input', input), output: toUnits('output', output) }
      return {
        allowFields,
        id,
        maxOutputTokens,
        prices: { ...prices, ...Object.fromEntries(optional) },
        upstream: await openUpstream(model, { env, field: `${field}.upstream` }),
      }
    }),
  )
}

export declare namespace openModels {
  type Parameters = {
    /** Decimals of the token that is paid in. */
    decimals: number
    env: Environment
  }
}

/**
 * Reads a decimal token amount.
 *
 * @param amount - The amount, such as `0.2`.
 * @param parameters - The token's decimals, and the field.
 * @returns Base units.
 * @throws {@link GatewayConfigError} when the token does not go that deep.
 */
export function parseAmount(
  amount: string,
  { decimals, field }: { decimals: number; field: string },
): bigint {
  const [, fraction = ''] = amount.split('.')
  if (fraction.length <= decimals) return parseUnits(amount, decimals)
  const expected = `at most ${decimals} digits after the point, as many as the token has`
  throw new GatewayConfigError({ expected, field, value: amount })
}

async function openUpstream(
  { id, upstream }: ConfiguredModel,
  { env, field }: { env: Environment; field: string },
): Promise<Upstream> {
  const { apiKey, continuousUsage, limitName, model } = upstream
  const baseUrl = await readText(upstream.url, { env, field: `${field}.url` })
  if (baseUrl === builtin) {
    const { createNgramUpstream, loadShakespeare } = await import('../ngram/index.js')
    return createNgramUpstream({ model: await loadShakespeare(), name: id })
  }
  const key = apiKey && (await readSecret(apiKey, { env, field: `${field}.apiKey` }))
  try {
    return createOpenaiUpstream({ apiKey: key, baseUrl, continuousUsage, limitName, model })
  } catch (cause) {
    if (!(cause instanceof UpstreamUrlError)) throw cause
    const expected = `the URL at which an OpenAI-compatible API begins, or \`${builtin}\``
    throw new GatewayConfigError({ expected, field: `${field}.url`, hidden: true, value: baseUrl })
  }
}
