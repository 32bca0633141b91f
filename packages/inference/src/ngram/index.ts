/**
 * A small language model that runs anywhere, and an OpenAI-compatible handler for it.
 *
 * @module @aitoken/inference/ngram
 */

export { decodeModel } from './decodeModel.js'
export { encodeModel } from './encodeModel.js'
export { NgramFormatError } from './errors.js'
export { evaluate, type NgramScore } from './evaluate.js'
export { type GeneratedToken, generate } from './generate.js'
export { loadShakespeare } from './loadShakespeare.js'
export type { NgramContexts, NgramLevel, NgramModel } from './model.js'
export { predict } from './predict.js'
export { createNgramUpstream, type NgramUpstream } from './serveNgram.js'
export { detokenize, tokenize } from './tokenize.js'
export { createTokenizer, type Merge, type Tokenizer } from './tokenizer.js'
export { trainNgram } from './trainNgram.js'
export { trainTokenizer } from './trainTokenizer.js'
