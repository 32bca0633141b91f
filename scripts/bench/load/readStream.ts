/** What was seen of a stream. */
export type Reading = {
  /** From the model's writing of each token to its reading, in microseconds. */
  readonly delays: readonly number[]
  /** From the request to the first token, in microseconds. */
  readonly first: number
}

/** Reads a stream of the paced model, whose tokens say when they were written; one clock serves all processes. */
export async function readStream(ask: () => Promise<Response>): Promise<Reading> {
  const start = process.hrtime.bigint()
  const response = await ask()
  if (!response.ok || !response.body) throw new Error(`The stream was refused: ${await response.text()}`)
  const decoder = new TextDecoder()
  const delays: number[] = []
  let first: number | undefined
  for await (const bytes of response.body) {
    const now = process.hrtime.bigint()
    first ??= Number(now - start) / 1000
    for (const [, written = '0'] of decoder.decode(bytes).matchAll(/"text":"(\d+)"/g))
      delays.push(Number(now - BigInt(written)) / 1000)
  }
  return { delays, first: first ?? Number.NaN }
}
