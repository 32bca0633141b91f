/**
 * Makes a generator of numbers from 0 up to 1 that depends on the seed alone (Chris Doty-Humphrey's sfc32).
 *
 * @internal
 */
export function createRandom(seed: number | undefined): () => number {
  const state =
    seed === undefined
      ? crypto.getRandomValues(new Uint32Array(4))
      : Uint32Array.of(seed, Math.floor(seed / 2 ** 32), 0x9e3779b9, 1)
  let [a = 0, b = 0, c = 0, counter = 0] = state
  const next = () => {
    const mixed = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + mixed
    return mixed >>> 0
  }
  // Seeds that differ in one bit give unrelated sequences only after some rounds.
  for (let round = 0; round < 15; round++) next()
  return () => next() / 2 ** 32
}
