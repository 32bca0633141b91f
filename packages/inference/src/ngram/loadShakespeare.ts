import { decodeModel } from './decodeModel.js'
import type { NgramModel } from './model.js'

/**
 * Loads the built-in model: n-grams of up to six tokens, trained on a megabyte of Shakespeare's plays.
 * Under Node it reads the file that comes with the package; elsewhere it fetches it from beside this module,
 * where a bundler that follows `new URL(…, import.meta.url)` puts it.
 *
 * @returns The model.
 * @throws {@link NgramFormatError} when the file that was found is not the model.
 *
 * @example
 * ```ts
 * import { generate, loadShakespeare } from '@aitoken/inference/ngram'
 *
 * const model = await loadShakespeare()
 * const [first] = generate(model, { prompt: 'Shall I compare thee to a summer’s', temperature: 0 })
 * ```
 */
export async function loadShakespeare(): Promise<NgramModel> {
  const url = new URL('../../models/shakespeare.ngram', import.meta.url)
  return decodeModel(await readBytes(url))
}

export declare namespace loadShakespeare {
  type ErrorType = decodeModel.ErrorType
}

async function readBytes(url: URL): Promise<Uint8Array> {
  if (url.protocol === 'file:') {
    // Asked for at run time: an `import` would keep bundlers from building this module for browsers.
    const { readFile } = globalThis.process.getBuiltinModule('node:fs/promises')
    return readFile(url)
  }
  const response = await fetch(url)
  return new Uint8Array(await response.arrayBuffer())
}
