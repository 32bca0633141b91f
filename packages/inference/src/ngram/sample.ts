/**
 * Draws a token. It uses `weights` as scratch space.
 *
 * @internal
 */
export function sample({ random, temperature, topP, weights }: sample.Parameters): number {
  const best = indexOfMost(weights)
  if (temperature === 0) return best
  if (temperature !== 1) {
    const most = weights[best] ?? 0
    // Relative to the likeliest, so that a low temperature cannot make all of them underflow to 0.
    for (let token = 0; token < weights.length; token++) {
      const weight = weights[token] ?? 0
      if (weight > 0) weights[token] = (weight / most) ** (1 / temperature)
    }
  }
  if (topP < 1) keepNucleus(weights, topP)

  let rest = random() * sum(weights)
  let last = best
  for (let token = 0; token < weights.length; token++) {
    const weight = weights[token] ?? 0
    if (weight === 0) continue
    if (rest < weight) return token
    rest -= weight
    last = token
  }
  // Rounding left a trace of `rest` after the last candidate.
  return last
}

export declare namespace sample {
  type Parameters = {
    random: () => number
    temperature: number
    topP: number
    weights: Float64Array
  }
}

/** Keeps the likeliest tokens that together reach `topP`, and any that are as likely as the last of them. */
function keepNucleus(weights: Float64Array, topP: number): void {
  const least = findThreshold(weights.slice(), sum(weights) * topP)
  for (let token = 0; token < weights.length; token++) if ((weights[token] ?? 0) < least) weights[token] = 0
}

/**
 * Finds the largest value such that all values from it up add up to `goal`, in linear time: it halves the
 * candidates around a pivot as quickselect does, where sorting all of them would cost more than the prediction.
 */
function findThreshold(values: Float64Array, goal: number): number {
  let start = 0
  let end = values.length
  let reached = 0
  for (;;) {
    const pivot = values[(start + end) >>> 1] ?? 0
    let above = 0
    let equal = 0
    let aboveEnd = start
    let equalEnd = start
    for (let index = start; index < end; index++) {
      const value = values[index] ?? 0
      if (value < pivot) continue
      // Values lie in the order above, equal, below; each newcomer is swapped to the end of its part.
      values[index] = values[equalEnd] ?? 0
      if (value > pivot) {
        values[equalEnd] = values[aboveEnd] ?? 0
        values[aboveEnd++] = value
        above += value
      } else {
        values[equalEnd] = value
        equal += value
      }
      equalEnd++
    }
    if (reached + above >= goal && aboveEnd > start) end = aboveEnd
    else if (reached + above + equal >= goal || equalEnd === end) return pivot
    else {
      reached += above + equal
      start = equalEnd
    }
  }
}

function indexOfMost(weights: Float64Array): number {
  let best = 0
  for (let token = 1; token < weights.length; token++)
    if ((weights[token] ?? 0) > (weights[best] ?? 0)) best = token
  return best
}

function sum(weights: Float64Array): number {
  let total = 0
  for (let token = 0; token < weights.length; token++) total += weights[token] ?? 0
  return total
}
