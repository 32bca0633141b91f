import { InvalidArgumentError } from '@aitoken/core/errors'

import type { NgramLevel, NgramModel } from './model.js'
import { readAt } from './readAt.js'

/**
 * Computes how likely each token is to come next.
 *
 * @param model - The model.
 * @param parameters - {@link predict.Parameters}
 * @returns A probability for each token of `model.tokenizer`; they add up to 1 and none is 0.
 * @throws `InvalidArgumentError` when a token of the context is not one of the tokenizer's.
 *
 * @example
 * ```ts
 * import { loadShakespeare, predict, tokenize } from '@aitoken/inference/ngram'
 *
 * const model = await loadShakespeare()
 * const context = tokenize(model.tokenizer, { text: 'To be, or not to' })
 * const probabilities = predict(model, { context })
 * ```
 */
export function predict(model: NgramModel, { context }: predict.Parameters): Float64Array {
  const recent = Array.from(context).slice(Math.max(0, context.length - model.order + 1))
  const stray = recent.find((token) => !(token in model.tokenizer.bytes))
  if (stray !== undefined)
    throw new InvalidArgumentError({
      expected: `tokens from 0 to ${model.tokenizer.size - 1}`,
      field: 'context',
      value: stray,
    })
  const probabilities = new Float64Array(model.tokenizer.size)
  fillProbabilities(model, { history: recent, length: recent.length, probabilities })
  return probabilities
}

export declare namespace predict {
  type Parameters = {
    /** The tokens so far; the model looks at the last `order` - 1 of them. */
    context: ArrayLike<number>
  }
  type ErrorType = InvalidArgumentError
}

/**
 * Writes the distribution of the token after `history[0 … length - 1]` into `probabilities`.
 *
 * @internal
 */
export function fillProbabilities(model: NgramModel, parameters: fillProbabilities.Parameters): void {
  const { history, length, probabilities } = parameters
  const nodes = findContexts(model, history, length)
  probabilities.fill(0)
  let weight = 1
  for (let size = nodes.length - 1; size >= 0; size--) {
    const node = readAt(nodes, size)
    const { backOff, scale } = readAt(model.contexts, size)
    const [start, end] = childrenOf(model, size, node)
    const { counts, tokens } = readAt(model.levels, size)
    const share = weight * (scale[node] ?? 0)
    for (let child = start; child < end; child++) {
      const token = tokens[child] ?? 0
      probabilities[token] = (probabilities[token] ?? 0) + share * (counts[child] ?? 0)
    }
    weight *= backOff[node] ?? 1
  }
  const floor = weight / probabilities.length
  for (let token = 0; token < probabilities.length; token++)
    probabilities[token] = (probabilities[token] ?? 0) + floor
}

export declare namespace fillProbabilities {
  type Parameters = {
    history: ArrayLike<number>
    length: number
    probabilities: Float64Array
  }
}

/**
 * Finds the contexts that end `history`, shortest first: the node of the last 0, 1, … tokens, up to the
 * longest that was ever seen.
 *
 * @internal
 */
export function findContexts(model: NgramModel, history: ArrayLike<number>, length: number): number[] {
  const nodes = [0]
  const longest = Math.min(model.order - 1, length)
  for (let size = 1; size <= longest; size++) {
    let node = 0
    for (let depth = 0; depth < size && node >= 0; depth++)
      node = findChild(model, depth, node, readAt(history, length - size + depth))
    // A longer context was seen no oftener than its end.
    if (node < 0) break
    nodes.push(node)
  }
  return nodes
}

/**
 * Where the followers of a context of `size` tokens lie in `model.levels[size]`.
 *
 * @internal
 */
export function childrenOf(model: NgramModel, size: number, node: number): [start: number, end: number] {
  if (size === 0) return [0, readAt(model.levels, 0).tokens.length]
  const { children } = readAt(model.levels, size - 1)
  return [children[node] ?? 0, children[node + 1] ?? 0]
}

/**
 * Finds what follows a context of `size` tokens, as an index into `model.levels[size]`; -1 when it never did.
 *
 * @internal
 */
export function findChild(model: NgramModel, size: number, node: number, token: number): number {
  const { tokens }: NgramLevel = readAt(model.levels, size)
  let [low, high] = childrenOf(model, size, node)
  while (low < high) {
    const middle = (low + high) >>> 1
    const found = tokens[middle] ?? 0
    if (found === token) return middle
    if (found < token) low = middle + 1
    else high = middle
  }
  return -1
}
