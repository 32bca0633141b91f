/**
 * Splits a text into words that compare equal whatever their case, width or invisible characters are. Characters of
 * scripts that write no spaces are words of their own.
 */
export function splitWords(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
  const spaced = plain.replace(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/gu, ' $& ')
  return spaced.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
}
