/** Tokens that a request used, counted as OpenAI's API counts them. */
export type Usage = {
  /** Input tokens that the provider had cached; part of `input`. */
  cachedInput: number
  /** Input tokens. */
  input: number
  /** Output tokens. */
  output: number
  /** Output tokens that the model spent on reasoning; part of `output`. */
  reasoning: number
}
