/**
 * Estimates the output tokens in text that nobody counted: one for every five bytes, the average of English. Both
 * sides use it, so what a provider charges for a stream that broke off is what its payer expects at most.
 *
 * @param textBytes - Length of the text in bytes of UTF-8.
 * @returns Tokens, never more than bytes.
 *
 * @internal
 */
export function estimateTokens(textBytes: number): number {
  return Math.floor(textBytes / 5)
}
